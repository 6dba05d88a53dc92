"""What people write, as frozen models: routine sets, classes, school calendars."""
