"""Keep the ground: coordinate systems, parcels, addresses, zones, streets, tiles and their loading.

Geo knows where things are. It never knows what happens to them: no cases, no HTTP.
"""
