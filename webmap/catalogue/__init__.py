"""Keep the catalogues of what Lotline says: gather every string, and check each translation.

What pages say in ``gettext`` is gathered as always. What the rules say (`cases/` knows no language)
is gathered from their source as it stands: every string that reads as words, with the places of
its values named. `webmap.interpreting` knows such a sentence again and tells it in another tongue.
"""
