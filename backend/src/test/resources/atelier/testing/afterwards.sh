# Scratch's shell: $1 has a folder for each JVM, named by its process id; $2 is ours.
trap '' HUP INT TERM

# Ends the servers that keep their data in the folder, and removes it.
remove() {
    find "$1" -name postmaster.pid | while read -r file; do
        server=$(head -n 1 "$file")
        # A recycled process id must not cost a stranger its life.
        if grep -q -s -F -- "${file%/*}" "/proc/$server/cmdline"; then
            kill -QUIT "$server"
            while kill -0 "$server"; do sleep 0.1; done
        fi
    done
    rm -rf -- "$1"
}

for folder in "$1"/*; do
    [ -d "/proc/${folder##*/}" ] || remove "$folder"
done
cat >/dev/null
remove "$1/$2"
