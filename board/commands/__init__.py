"""Every change to boards, motions and ballots."""
