"""Turn a town's street file into driving times and routes.

`osm_layers` reads OpenStreetMap data and `centerlines` writes it from a centreline file, so that
`dataset` has one kind of input to build from. `engine` answers from a built dataset, `workers` does
so in processes of their own, `estimate` by straight lines where no streets were loaded; all three
speak the words of `travel`. Places are longitude and latitude, EPSG:4326, times are seconds and
lengths metres.
"""
