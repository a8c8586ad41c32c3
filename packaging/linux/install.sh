#!/bin/sh
# Installs Deep Learning Playground for this user, or for all users when run by root. Part of the .run file:
#     sh deep-learning-playground-@VERSION@-linux-@MACHINE@.run [-- --prefix DIR]
set -eu
prefix=$HOME/.local
[ "$(id -u)" -ne 0 ] || prefix=/usr/local
case ${1-} in
--prefix) prefix=${2:?--prefix needs a folder} ;;
"") ;;
*) echo "Only --prefix DIR is known, this was $1." >&2 && exit 2 ;;
esac

target=$prefix/lib/deep-learning-playground
mkdir -p "$prefix/bin" "$prefix/lib"
rm -rf "$target"
mkdir "$target"
cp -R playground program LICENSE THIRD-PARTY-NOTICES.txt "$target/"
ln -sf "$target/playground" "$prefix/bin/playground"

(cd share && find . -type f) | while read -r file; do
    mkdir -p "$prefix/share/$(dirname "$file")"
    cp "share/$file" "$prefix/share/$file"
    echo "$prefix/share/$file"
done >"$target/installed-files"
for entry in applications/deep-learning-playground.desktop thumbnailers/deep-learning-playground.thumbnailer; do
    sed "s|^Exec=playground|Exec=\"$prefix/bin/playground\"|; /^TryExec=/d" "share/$entry" >"$prefix/share/$entry"
done

cat >"$target/uninstall.sh" <<END
#!/bin/sh
# Removes Deep Learning Playground; projects and settings stay.
while read -r file; do rm -f "\$file"; done <"$target/installed-files"
rm -f "$prefix/bin/playground"
rm -rf "$target"
update-desktop-database "$prefix/share/applications" >/dev/null 2>&1 || true
update-mime-database "$prefix/share/mime" >/dev/null 2>&1 || true
END
chmod +x "$target/uninstall.sh"

update-desktop-database "$prefix/share/applications" >/dev/null 2>&1 || true # no desktop, no menu to refresh
update-mime-database "$prefix/share/mime" >/dev/null 2>&1 || true
"$prefix/bin/playground" --version
echo "Start it from the menu or with $prefix/bin/playground; remove it with sh $target/uninstall.sh"
