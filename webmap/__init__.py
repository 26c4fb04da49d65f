"""Show it to people: Flask pages, tiles, the command line.

Webmap knows who is asking. It never knows SQL, rules or Folium. Nothing is imported here, so that
a command does not wait for the web.
"""
