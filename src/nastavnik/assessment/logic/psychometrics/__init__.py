"""Is the test good, and does its pass mark mean the same every month? Pure functions over 0/1 answers.

Read in this order: `classical` and `distractors` (one form, counted), `calibration` (Rasch and 2PL), `linking` and
`drift` (this month against the base month), `cuts` (raw cut, grey band, short retest), `month` (the last three in one
call), `equating` (raw scores without a model), `bands` (words for figures), `signals` (answers a person
should look at). Nothing here decides about a person: a figure goes to somebody who does.

The machinery under `calibration`: `patterns` (equal answers counted once), `expectation` (E-step), `maximisation`
(M-step), `acceleration`, `information` (standard errors), `linear` (small dense algebra).

Source of the rules: `reference/effects.md`, section 8, and `reference/academy.md`, section 5.
"""
