"""Makes the mail of an invented agency; see ../demo_fleet.py."""
