# bash completion of bbstream(1). Composed from its help: ./dev reference
_bbstream() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} path= next word words= files=
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next=${path:+$path }$word
    case $next in 'serve'|'config'|'config check'|'config example'|'send'|'tail'|'normalize'|'journal'|'journal status'|'journal fsck'|'journal replay'|'audit') path=$next ;; esac
  done
  case $path in
    '') words='serve config send tail normalize journal audit --version -h --help' ;;
    'serve') words='-h --help -c --config' ;;
    'config') words='check example -h --help' ;;
    'config check') words='-h --help --strict' files=yes ;;
    'config example') words='-h --help' ;;
    'send') words='-h --help --url --platform --event --secret-file --ca --insecure' files=yes ;;
    'tail') words='-h --help -c --config -f --follow --json --limit' ;;
    'normalize') words='-h --help --platform --event --instance' files=yes ;;
    'journal') words='status fsck replay -h --help' ;;
    'journal status') words='-h --help -c --config --json' ;;
    'journal fsck') words='-h --help -c --config --json' ;;
    'journal replay') words='-h --help -c --config --from --to --since --until --repo --dry-run --json' ;;
    'audit') words='-h --help -c --config --from --to --json' ;;
  esac
  case $previous in
    --ca|--config|--secret-file|-c) words= files=yes ;;
    --event|--from|--instance|--limit|--platform|--repo|--since|--to|--until|--url) return ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current" || :; [ -z "$files" ] || compgen -f -- "$current")
}
complete -o filenames -F _bbstream bbstream
