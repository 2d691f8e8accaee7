# What bash offers after a few letters of a command line.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. deploy/completion/bbstream.bash

failed=0
# offers WORDS... -- EXPECTED...: the last of WORDS is what has been typed of the word to complete.
offers() {
  local expected
  COMP_WORDS=(bbstream)
  while [ "$1" != -- ]; do COMP_WORDS+=("$1"); shift; done
  shift
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  COMPREPLY=()
  _bbstream
  expected=$*
  if [ "${COMPREPLY[*]}" != "$expected" ]; then
    echo "after '${COMP_WORDS[*]}': '${COMPREPLY[*]}' instead of '$expected'"
    failed=1
  fi
}

offers jour -- journal
offers journal f -- fsck
offers journal replay --dry -- --dry-run
offers --config /etc/bbstream.toml ser -- serve
offers journal replay --from 1 --unt -- --until
offers journal replay --from '' --
offers serve --config LICEN -- LICENSE
offers config check LICEN -- LICENSE
offers nonsense x --
exit $failed
