"""The main job, once, end to end, through the commands, tasks and model server of production.

`steps.py` is the story, `progress.py` how a step is waited for, checked and reported. Moves no clock.
"""
