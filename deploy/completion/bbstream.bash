# bash completion of bbstream(1). Composed from its help: ./dev reference
_bbstream() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} path= next word words= files=
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next=${path:+$path }$word
    case $next in 'serve'|'config'|'config check'|'config example'|'check'|'send'|'tail'|'normalize'|'journal'|'journal status'|'journal fsck'|'journal replay'|'audit'|'gaps'|'backfill'|'repos'|'repos list'|'repos show'|'projects'|'projects list'|'branches'|'branches list'|'commits'|'commits list'|'hooks'|'hooks list'|'hooks sync'|'hooks rotate'|'prs'|'prs list'|'prs show'|'prs approve'|'prs unapprove'|'prs request-changes'|'prs comment'|'prs merge'|'prs decline'|'pipelines'|'pipelines list'|'pipelines show'|'pipelines log'|'pipelines run'|'pipelines stop'|'deployments'|'deployments list'|'statuses'|'statuses list'|'statuses set'|'issues'|'issues list'|'issues show'|'issues create'|'issues comment'|'issues transition'|'insights'|'insights report'|'auth'|'auth login'|'auth status'|'auth refresh'|'auth key') path=$next ;; esac
  done
  case $path in
    '') words='serve config check send tail normalize journal audit gaps backfill repos projects branches commits hooks prs pipelines deployments statuses issues insights auth --version -h --help' ;;
    'serve') words='-h --help -c --config --take-over' ;;
    'config') words='check example -h --help' ;;
    'config check') words='-h --help --strict' files=yes ;;
    'config example') words='-h --help' ;;
    'check') words='-h --help -c --config --instance --repo --json --write' ;;
    'send') words='-h --help --url --platform --event --secret-file --ca --insecure' files=yes ;;
    'tail') words='-h --help -c --config -f --follow --json --limit' ;;
    'normalize') words='-h --help --platform --event --instance' files=yes ;;
    'journal') words='status fsck replay -h --help' ;;
    'journal status') words='-h --help -c --config --json' ;;
    'journal fsck') words='-h --help -c --config --json' ;;
    'journal replay') words='-h --help -c --config --from --to --since --until --repo --dry-run --json' ;;
    'audit') words='-h --help -c --config --from --to --json' ;;
    'gaps') words='-h --help -c --config --since --open --json' ;;
    'backfill') words='-h --help -c --config --instance --repo --since --dry-run --json' ;;
    'repos') words='list show -h --help' ;;
    'repos list') words='-h --help -c --config --instance --json --limit' ;;
    'repos show') words='-h --help --repo -c --config --instance --json' ;;
    'projects') words='list -h --help' ;;
    'projects list') words='-h --help -c --config --instance --json --limit' ;;
    'branches') words='list -h --help' ;;
    'branches list') words='-h --help --repo -c --config --instance --json --limit' ;;
    'commits') words='list -h --help' ;;
    'commits list') words='-h --help --repo -c --config --instance --json --limit --since --until' ;;
    'hooks') words='list sync rotate -h --help' ;;
    'hooks list') words='-h --help --repo -c --config --instance --json --limit' ;;
    'hooks sync') words='-h --help -c --config --instance --json --dry-run --prune' ;;
    'hooks rotate') words='-h --help -c --config --instance --json' ;;
    'prs') words='list show approve unapprove request-changes comment merge decline -h --help' ;;
    'prs list') words='-h --help --repo -c --config --instance --json --limit --state' ;;
    'prs show') words='-h --help --repo -c --config --instance --json' ;;
    'prs approve') words='-h --help --repo -c --config --instance --json' ;;
    'prs unapprove') words='-h --help --repo -c --config --instance --json' ;;
    'prs request-changes') words='-h --help --repo -c --config --instance --json' ;;
    'prs comment') words='-h --help --text --repo -c --config --instance --json' ;;
    'prs merge') words='-h --help --repo -c --config --instance --json' ;;
    'prs decline') words='-h --help --repo -c --config --instance --json' ;;
    'pipelines') words='list show log run stop -h --help' ;;
    'pipelines list') words='-h --help --repo -c --config --instance --json --limit' ;;
    'pipelines show') words='-h --help --repo -c --config --instance --json' ;;
    'pipelines log') words='-h --help --step --repo -c --config --instance --json' ;;
    'pipelines run') words='-h --help --branch --pattern --var --repo -c --config --instance --json' ;;
    'pipelines stop') words='-h --help --repo -c --config --instance --json' ;;
    'deployments') words='list -h --help' ;;
    'deployments list') words='-h --help --repo -c --config --instance --json --limit' ;;
    'statuses') words='list set -h --help' ;;
    'statuses list') words='-h --help --repo -c --config --instance --json --limit' ;;
    'statuses set') words='-h --help --key --state --url --name --description --ref --repo -c --config --instance --json' ;;
    'issues') words='list show create comment transition -h --help' ;;
    'issues list') words='-h --help --repo -c --config --instance --json --limit' ;;
    'issues show') words='-h --help --repo -c --config --instance --json' ;;
    'issues create') words='-h --help --title --text --repo -c --config --instance --json' ;;
    'issues comment') words='-h --help --text --repo -c --config --instance --json' ;;
    'issues transition') words='-h --help --to --repo -c --config --instance --json' ;;
    'insights') words='report -h --help' ;;
    'insights report') words='-h --help --id --title --sarif --annotations --result --repo -c --config --instance --json' ;;
    'auth') words='login status refresh key -h --help' ;;
    'auth login') words='-h --help -c --config --instance --json --as --paste' ;;
    'auth status') words='-h --help -c --config --instance --json' ;;
    'auth refresh') words='-h --help -c --config --instance --json --as' ;;
    'auth key') words='-h --help' files=yes ;;
  esac
  case $previous in
    --annotations|--ca|--config|--sarif|--secret-file|-c) words= files=yes ;;
    --as|--branch|--description|--event|--from|--id|--instance|--key|--limit|--name|--pattern|--platform|--ref|--repo|--result|--since|--state|--step|--text|--title|--to|--until|--url|--var) return ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current" || :; [ -z "$files" ] || compgen -f -- "$current")
}
complete -o filenames -F _bbstream bbstream
