#!/bin/sh
# Sign the app for this machine only, and put it into a disk image: make_dmg.sh "Deep Learning Playground.app" OUT.dmg
# Set CODESIGN_IDENTITY to a Developer ID to sign for others; notarising is then one call of xcrun notarytool.
set -eu
app=$1 target=$2
codesign --force --deep --options runtime --sign "${CODESIGN_IDENTITY:--}" "$app"
codesign --verify --deep --strict "$app"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
hdiutil create -volname "Deep Learning Playground" -srcfolder "$folder" -format UDZO -ov "$target"
