"""Answer what it all means: hot spots, repeat parcels, routes, exports.

Reports read and propose; they change no case and never know HTTP.
"""
