"""Reckon what the town's recorded liens come to: grown to a day, by parcel, owner, zone and age."""
