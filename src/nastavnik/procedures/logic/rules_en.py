"""The English rules. Patterns see normalised text: lower case, plain apostrophes."""

from nastavnik.procedures.logic.lexicon import Role, Rule

_NOT = r"(?:don'?t|do not|doesn'?t|stop|quit|not|no|never|won'?t|can'?t|cannot|no need to|enough)"
_LEAVE = r"(?:refund|cancel|close|money back|terminate|unsubscribe|end (?:it|my|the)|charge ?back|leav\w+|quit)"

TRIGGERS = (
    Rule(
        "en_time", "en", Role.TRIGGER, rf"\b{_NOT}\b(?:\s[\w']+){{0,3}}?\s(?:wast\w+|tak\w+ up|spend\w*)(?:\s[\w']+){{0,4}}?\s(?:time|breath|energy)(?!\s(?:looking|searching))", 2,
        ("I've made up my mind, don't waste my time", "stop wasting my time"),
        ("The agent wasted my time yesterday on the phone", "don't waste time looking for the link, I found it"),
    ),
    Rule(
        "en_mind", "en", Role.TRIGGER,
        r"\b(?:decision|choice|mind|answer)(?:\s[\w']+){0,3}\s(?:final|made|set|firm|made up)\b|\b(?:my|our|is|it's|that's)\s(?:a |the )?final (?:decision|answer)(?! (?:about|on) the)|\b(?:not|won't|never|no need to)(?:\s[\w']+){0,3}\sreconsider\w*|\bmade up (?:my|our) mind|\b(?:not|n't|never|nothing|won't|no one|nobody)(?:\s[\w']+){0,5}\schang\w*(?:\s[\w']+){0,2}\s(?:mind|decision)|\bi(?:'m| am) (?:absolutely |completely |100% )?(?:sure|certain|done|decided)\b.{0,40}\b(?:refund|cancel|money back|close)", 2,
        ("My decision is final, please process the refund", "I'm not going to change my mind", "nothing will change my mind, cancel now"),
        ("The final decision about the exam date is yours", "I decided to upgrade my plan, how?", "I changed my mind, I'll stay"),
    ),
    Rule(
        "en_offer", "en", Role.TRIGGER,
        rf"\b{_NOT}\b(?:[\s,]+[\w']+){{0,5}}?[\s,]+(?:offer\w*|discounts?|pauses?|deals?|freez\w+|promo\w*|alternatives?|options?|retention|free (?:months?|lessons?|class\w*)|vouchers?|coupons?|bonus\w*|credits?)", 1,
        ("No discounts, no pauses, just refund me", "I don't want any offers, just cancel it"),
        ("Is there any discount for siblings?", "I can't find the discount page"),
    ),
    Rule(
        "en_talk", "en", Role.TRIGGER,
        r"\b(?:stop|don'?t|do not|no point|quit|no use|not going to|won't|can'?t|cannot)(?:\s[\w']+){0,3}?\s(?:talk\w* me|convinc\w+|persuad\w+|chang\w+ my mind|keep me|sell\w* me|try\w* to keep|argu\w+)|\bnothing(?:\s[\w']+){0,3}\s(?:offer|say|do|discuss|talk about)\b|\b(?:don'?t|do not|won't|not going to|no need to|not here to|refuse to)(?:\s[\w']+){0,3}\s(?:discuss|debate|negotiat\w+|hear|listen|talk about)|\bnothing (?:left )?to (?:discuss|talk)|\bno (?:point|use)(?: in)?(?:\s[\w']+){0,2}\s(?:discuss\w*|talking|trying|arguing|offering|persuad\w+)|\bend of (?:discussion|story|conversation)", 2,
        ("Stop trying to talk me out of it, I want my money back", "There's nothing you can offer me, close the account"),
        ("Can we talk about the schedule?", "Nothing works after the update", "Nothing to say, great teacher!"),
        unless=r"\b(?:great|thanks?|happy|love)\b",
    ),
    Rule(
        "en_just", "en", Role.TRIGGER,
        r"\b(?:just|only|simply)(?:\s(?:please|want|you|need|to|a|the|my|full|go ahead and|do it and|process)){0,4}\s(?:refund|cancel(?! my lesson)|close (?!the (?:tab|window))|give me (?:back )?my money|money back|my money|return my money|terminate|end it)", 2,
        ("I don't want any offers, just cancel it", "Just give me my money back"),
        ("I just closed the tab by mistake", "can I just return this item?"),
    ),
    Rule(
        "en_said", "en", Role.TRIGGER,
        r"\b(?:i|we)(?:'ve| have)?\s(?:already|just)\s(?:said|told|explained|answered|asked|declined|refused)|\b(?:how many times|for the (?:last|third|second|tenth|hundredth|nth) time|i repeat|once again|again and again)\b|\b(?:i|we)(?:'ve| have)?\s(?:said|told)(?:\s[\w']+){0,4}\s(?:times|already|before|no)\b|\b(?:my|our) answer is (?:still |a )?no\b|\blast time i(?:'m| am| will)?\b|\bno means no\b|\bno[,.!\s]+no\b|\bi said no\b", 1,
        ("I already said no. Cancel it.", "how many times do I have to say it, cancel", "My answer is no. Refund."),
        ("I already said hello to the teacher",),
    ),
    Rule(
        "en_sure", "en", Role.TRIGGER,
        r"\b(?:absolutely|definitely|firmly|completely|100%|hundred percent|totally)\s(?:not|sure|certain|done|decided|want (?:to cancel|a refund|my money))|\b(?:i'm|i am|we're|we are) done\b|\byou(?:'re| are| keep)(?:\s[\w']+){0,2}\swasting (?:my|our)(?:\s\w+)? time\b|\bleave me alone|\bstop (?:calling|emailing|messaging|contacting|bothering|pushing) me|\bnot interested|\bno longer interested|\bperiod\s?$", 1,
        ("I'm done, cancel my plan", "not interested, refund me please"),
        ("stop sending me marketing emails", "I'm done with lesson 3"),
    ),
    Rule(
        "en_keep_it", "en", Role.TRIGGER,
        r"\b(?:keep|save) your (?:offers?|discounts?|deals?|breath|free \w+|bonus\w*|vouchers?)|\bdon'?t care (?:about |for )?(?:your |any |about any )?(?:offers?|discounts?|deals?|promo\w*|bonus\w*)|\bwhatever you offer|\bno ifs\b|\b(?:not (?:up for|open to)|beyond) (?:discussion|negotiation|debate)|\bnon-?negotiable", 1,
        ("keep your discount and refund me", "this is not up for discussion, cancel my plan"),
        ("please keep your offer open until Friday, I have no plan to cancel yet, I'm thinking",),
        unless=r"\buntil\b|\bopen for\b",
    ),
    Rule(
        "en_not_staying", "en", Role.TRIGGER,
        r"\b(?:i|we)(?:'m| am|'re| are) not (?:staying|going to stay|continuing|going to continue)|\bno way (?:i'm|i am|we're|i will|i'll) (?:stay\w*|keep\w*|continu\w*)|\bi won't be (?:staying|continuing|back)", 1,
        ("I'm not staying, refund the rest", "no way I'm staying, cancel it"),
        ("We're not continuing with the evening group, only mornings",),
    ),
)  # fmt: skip

GUARDS = (
    Rule(
        "en_withdraw", "en", Role.WITHDRAW,
        r"\b(?:haven'?t|have not)\s(?:quite |really )?made up (?:my|our) mind|\b(?:haven'?t|have not|not yet|still|not)\s(?:yet\s)?(?:decid\w+|sure|thinking|considering)|\bundecided|\bchanged (?:my|our) mind|\b(?:maybe|perhaps|might|may)\b(?:\s[\w']+){0,3}\s(?:stay|continue|keep|try)|\b(?:i|we)(?:'ll| will)\s(?:stay|keep|continue|take the|try|think|accept)|\bi'?d stay if|\b(?:ok|okay|fine|alright|sure)[,\s]+(?:i'?ll|let'?s|we'?ll|then i)|\blet me think|\bthink about it|\bif you (?:give|offer|can|could)(?:\s[\w']+){0,8}\s(?:stay|keep|continue)",
        2,
        ("I haven't decided yet", "Maybe I'll stay if the price is lower", "ok, I'll take the free month"),
        ("I will not change my mind",),
    ),
    Rule(
        "en_reported", "en", Role.REPORTED,
        r"\b(?:agent|teacher|husband|wife|manager|operator|he|she|they|friend|colleague|mother|father|son|daughter|support|somebody|someone|rep|tutor)(?:\s[\w']+){0,3}\s(?:said|says|told|tells|wrote|replied|claims|claimed)\b",
        2,
        ("Your agent told me that the decision is final", "my husband says he made up his mind"),
        ("I told you my decision is final",),
    ),
    Rule(
        "en_legal", "en", Role.LEGAL,
        r"\b(?:sue|suing|lawyers?|attorney|court|legal action|lawsuit|ombudsman|trading standards|consumer protection|chargeback|small claims|solicitor|regulator|better business bureau|bbb)\b",
        2,
        ("I will sue you if you don't refund me", "I'm going to contact my lawyer"),
        ("the course was great",),
    ),
    Rule(
        "en_wish", "en", Role.WISH,
        r"\b(?:refund\w*|money back|cancel\w*(?! (?:(?:my|the|our|a|this|today's|tomorrow's) )?(?:lesson|class|booking|appointment|session))|return (?:this|it|the|my)|close (?:my|the) account|terminate|unsubscribe|get out of (?:my|the) contract)\b",
        2,
        ("How do I get a refund?", "I want to close my account"),
        ("My card was declined twice",),
    ),
    Rule(
        "en_context", "en", Role.CONTEXT, rf"\b{_LEAVE}", 1,
        ("please refund me", "I want my money back"),
        ("thank you very much",),
    ),
)  # fmt: skip
