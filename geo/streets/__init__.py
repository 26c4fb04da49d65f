"""Turn a town's street file into driving times, distances and routes.

`osm_layers` reads OpenStreetMap data and `centerlines` writes it from a centreline file, so that
`dataset` has one kind of input to build from. `engine` answers from a built dataset, `estimate`
answers by straight lines where no streets were loaded; both return the values in `travel`.
Longitude and latitude are EPSG:4326 everywhere, times are seconds, lengths are metres.
"""
