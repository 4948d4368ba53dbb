# Logs in by a command-line client, once per line of a file: number, way, place, user, password, separated by tabs; user and
# password as \xHH per byte. Prints number, "in" or the number of the error, and what the server or the client said.
# Arguments: "mariadb" or "mysql" for how options are spelt, the file, the command.
set -u
kind=$1 plan=$2
shift 2

while IFS=$'\t' read -r number way place user password; do
    printf -v user %b "$user"
    printf -v password %b "$password"
    case $way in
        unix) where=(--socket="$place") ;;
        *) where=(--host="${place%:*}" --protocol=tcp --port="${place#*:}") ;;
    esac
    case $way-$kind in
        tls-mariadb) where+=(--ssl) ;;
        tls-mysql) where+=(--ssl-mode=REQUIRED) ;;
    esac
    if said=$("$@" --no-defaults "${where[@]}" --user="$user" --password="$password" --batch --skip-column-names \
        -e 'SELECT CURRENT_USER()' 2>&1 </dev/null); then
        printf '%s\tin\t%s\n' "$number" "${said##*$'\n'}"
    elif [[ $said =~ ERROR\ ([0-9]+)[^:]*:\ (.*) ]]; then
        printf '%s\t%s\t%s\n' "$number" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]//$'\n'/ }"
    else
        printf '%s\t0\t%s\n' "$number" "${said//$'\n'/ }"
    fi
done <"$plan"
