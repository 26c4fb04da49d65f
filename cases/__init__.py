"""Keep what happens on a parcel: complaints, violations, deadlines, notices, money, liens, history.

Cases stand on `geo`. They never know HTTP, Folium or charts.
"""
