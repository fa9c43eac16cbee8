"""Arguments of each room's addresses for the walk, a file per room.

`SAMPLES`: address -> list of keyword arguments; addresses that need none are not named. `PUBLIC`: addresses anybody may
open without logging in, with the reason. `plant(centre)`: records of people of several teams, which the walk must not
see leak.
"""
