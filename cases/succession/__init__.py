"""Where what stood on a parcel goes when the parcel is no more: to whom took over its ground."""
