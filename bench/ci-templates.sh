#!/bin/bash
# Runs the commands of the CI templates in examples/ci/ as GitLab, GitHub and Kubernetes would: each in a clean clone of this
# repository, with the variables that it would have, for shards 1 and 2 of 2, on a plan of four suites. What needs sudo is
# only shown. As root or as an ordinary user; needs python3 with PyYAML (python3-yaml). Fetches Maven's and Debian's packages,
# which GitLab's template keeps in the clone.
#
#   bench/ci-templates.sh [gitlab|github|kubernetes ...]
#
# The exit code is 0 when every command succeeds and the two shards are the whole plan.
set -euo pipefail

cd "$(dirname "$0")/.."
home=$PWD
if ! python3 -c 'import yaml' 2>/dev/null; then
  echo 'bench/ci-templates.sh: needs python3 with PyYAML: the package python3-yaml' >&2
  exit 2
fi
folder=$(mktemp -d /var/tmp/warren-templates.XXXXXX)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir "$folder/bin"
cat >"$folder/bin/sudo" <<'SUDO'
#!/bin/sh
echo "(not run: sudo $*)"
SUDO
chmod +x "$folder/bin/sudo"
for number in 1 2 3 4; do
  printf -- '-- TEST --\nsuite.%s\nnone\necho test: one; echo success: one\n' "$number"
done >"$folder/small.plan"

# A line for each job that a shard has: the name of a script that does what the CI would do.
# shellcheck disable=SC2016 # Python
scripts='
import os, shlex, sys, yaml

template, shard, folder, clone = sys.argv[1:]
shards = 2

def read(name):
    with open(f"examples/ci/{name}") as file:
        return yaml.safe_load(file)

def write(name, settings, commands):
    settings = dict(settings, CI="true", PLAN=f"{folder}/small.plan")
    path = f"{folder}/{template}-{name}-{shard}.sh"
    with open(path, "w") as file:
        for key, value in settings.items():
            file.write(f"export {key}={shlex.quote(str(value))}\n")
        file.write("\n".join(commands) + "\n")
    print(path)

if template == "gitlab":
    ci = read(".gitlab-ci.yml")
    ours = {"CI_PROJECT_DIR": clone}
    ours.update({key: value.replace("$CI_PROJECT_DIR", clone) for key, value in ci["variables"].items()})
    for name in ("fetch", "test"):
        job = ci[name]
        if job.get("parallel"):
            assert job["parallel"] == shards
            write(name, dict(ours, CI_NODE_INDEX=shard, CI_NODE_TOTAL=shards), job["script"])
        else:
            write(name, ours, job["script"])
elif template == "github":
    job = read("github-workflow.yml")["jobs"]["test"]
    assert job["strategy"]["matrix"]["shard"] == list(range(1, shards + 1))
    ours = {key: value.replace("${{ matrix.shard }}", shard) for key, value in job["env"].items()}
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert not any("${{" in text for text in list(ours.values()) + runs)
    write("test", ours, ["bash -e <<\"RUN\"\n" + run.rstrip() + "\nRUN" for run in runs])
else:
    spec = read("kubernetes-job.yaml")["spec"]
    assert spec["completions"] == shards and spec["completionMode"] == "Indexed"
    container = spec["template"]["spec"]["containers"][0]
    ours = {one["name"]: one["value"] for one in container["env"]}
    assert ours["JOB_COMPLETIONS"] == str(shards)
    ours.update(JOB_COMPLETION_INDEX=int(shard) - 1, XDG_CACHE_HOME=f"{folder}/cache")
    command = [word.replace("/results/", f"{clone}/st.") for word in container["command"]]
    write("test", ours, [shlex.join(command), f"mv st.{int(shard) - 1} st"])
'

failed=0
templates=("$@")
if [ $# -eq 0 ]; then templates=(gitlab github kubernetes); fi
for template in "${templates[@]}"; do
  clone=$folder/$template
  printf '=== %s: cloning\n' "$template"
  git -c safe.directory="$home" clone --quiet "file://$home" "$clone"
  : >"$folder/suites"
  for shard in 1 2; do
    while read -r script; do
      printf '=== %s: %s\n' "$template" "$(basename "$script" .sh)"
      if ! (cd "$clone" && PATH=$folder/bin:$PATH timeout 1200 bash -eo pipefail "$script"); then
        printf 'bench/ci-templates.sh: %s failed\n' "$(basename "$script" .sh)" >&2
        failed=1
      fi
    done < <(python3 -c "$scripts" "$template" "$shard" "$folder" "$clone")
    for report in "$clone"/st/junit/TEST-*.xml; do
      sed -n 's/^.*<testsuite\( [^>]*\)\? name="\([^"]*\)".*$/\2/p' "$report" >>"$folder/suites"
    done
    # Each shard has a clone of its own in truth: it sees nothing of the other one.
    rm -rf "$clone/st" "$clone/ci-durations"
  done
  if [ "$(sort "$folder/suites" | paste -sd ' ')" != 'suite.1 suite.2 suite.3 suite.4' ]; then
    printf 'bench/ci-templates.sh: %s: the shards together ran %s\n' "$template" "$(sort "$folder/suites" | paste -sd ' ')" >&2
    failed=1
  fi
  chmod -R u+w "$clone"
  rm -rf "$clone"
done
if [ "$failed" = 0 ]; then printf 'All commands of the templates work: %s\n' "${templates[*]}"; fi
exit "$failed"
