"""Documents of the board, on the page and on paper: certificate, board pack, minutes of a decision.

Each is one template, read on the page as HTML and set by typst as PDF. Reads only; taking a restricted one is a
command (`board.commands.papers`).
"""
