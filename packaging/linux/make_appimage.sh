#!/bin/sh
# Make an AppImage out of the AppDir in dist/: make_appimage.sh AppDir APPIMAGETOOL [RUNTIME]
# APPIMAGETOOL is the program of that name; RUNTIME its type 2 runtime for this machine. Neither is on a package index;
# without RUNTIME appimagetool fetches one from the network.
set -eu
folder=$1 tool=$2 runtime=${3-}
version=$(sed -n 's/.*<release version="\([^"]*\)".*/\1/p' "$folder"/usr/share/metainfo/*.xml)
machine=$(uname -m)
export ARCH="$machine" VERSION="$version"
"$tool" ${runtime:+--runtime-file "$runtime"} --comp zstd "$folder" \
    "$(dirname "$folder")/deep-learning-playground-$version-$machine.AppImage"
