"""The one door through which anything leaves the house by itself: a signed webhook, and e-mail. It decides nothing."""
