"""The Telegram channel.

An update of Telegram is recorded in the database (`updates`) before it is acknowledged,
then answered (`answering`) and the answer sent (`sending`), one update of a chat after
another. `service` keeps these going, `channel` is Rasa's door to it. Nothing here is
loaded beyond `channel` and `configuration` while no bot is set.
"""
