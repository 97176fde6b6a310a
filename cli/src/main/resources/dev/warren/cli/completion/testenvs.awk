# Of the files of a catalogue: its testenvs and their aliases, each followed by a tab and what it is.
function tell(   i, count, words) {
  if (name != "" && !abstract) {
    print name "\t" summary
    count = split(aliases, words, /[][", ]+/)
    for (i = 1; i <= count; i++) {
      if (words[i] != "") { print words[i] "\talias of " name }
    }
  }
}
FNR == 1 {
  tell()
  name = FILENAME
  sub(/.*\//, "", name)
  sub(/\.yaml$/, "", name)
  if (name == "catalogue") { name = "" }
  summary = "testenv"
  aliases = ""
  abstract = 0
}
/^[^ #-]/ { listed = 0 }
/^summary: */ { summary = substr($0, index($0, ":") + 1); sub(/^ +/, "", summary) }
/^abstract: *true/ { abstract = 1 }
/^aliases: */ { aliases = substr($0, 9); sub(/ #.*/, "", aliases); listed = 1 }
listed && /^ *- / { word = $0; sub(/^ *- */, "", word); sub(/ #.*/, "", word); aliases = aliases " " word }
END { tell() }
