# Completion of `warren` for fish. Made by `warren completion fish`; to have it in every shell:
#   warren completion fish > ~/.config/fish/completions/warren.fish

@DATA@

# Where the labs that run are: as the launcher finds it.
function __warren_runtime
    if test -n "$XDG_RUNTIME_DIR" -a -O "$XDG_RUNTIME_DIR" -a -w "$XDG_RUNTIME_DIR"
        echo $XDG_RUNTIME_DIR/warren
    else if test -w /run
        echo /run/warren
    else if test -w /run/user/(id -u)
        echo /run/user/(id -u)/warren
    else
        echo /tmp/warren-(id -u)
    end
end

# Labs, hosts, networks or services that there are now, each followed by a tab and what it is.
function __warren_running --argument-names kind current first
    set --local runtime (__warren_runtime)
    if not test -O "$runtime"; or test -L "$runtime"
        return
    end
    for folder in $runtime/*/
        if not test -f {$folder}pid
            continue
        end
        set --local lab (string replace --regex '.*/([^/]+)/$' '$1' -- $folder)
        switch $kind
            case lab
                printf '%s\t%s\n' $lab 'a running lab'
            case host
                for file in {$folder}hosts/*
                    set --local host (string replace --regex '.*/' '' -- $file)
                    set --local same $runtime/*/hosts/$host
                    if test (count $same) = 1
                        printf '%s\t%s\n' $host "host of lab $lab"
                    end
                    if test (count $same) -gt 1 -o -n "$current"
                        printf '%s\t%s\n' $lab/$host "host of lab $lab"
                    end
                end
            case network
                if test -f {$folder}networks
                    while read --local network
                        printf '%s\t%s\n' $network "network of lab $lab"
                    end <{$folder}networks
                end
            case service
                if test -f {$folder}services
                    while read --local host service
                        if contains -- $first $host $lab/$host
                            printf '%s\t%s\n' $service "service of host $lab/$host"
                        end
                    end <{$folder}services
                end
        end
    end
end

# Testenvs of the catalogue that the command line names.
function __warren_testenvs --argument-names path first catalogue
    set --local folder $__warren_catalogues/samba
    # A plan that is called CATALOGUE/NAME says which one.
    set --local named (string replace --regex '/[^/]*$' '' -- "$first")
    if string match --quiet '*/*' -- "$catalogue"
        set folder $catalogue
    else if test -n "$catalogue"
        set folder $__warren_catalogues/$catalogue
    else if test "$path" = test -a "$named" != "$first" -a -d "$__warren_catalogues/$named"
        set folder $__warren_catalogues/$named
    end
    if test -f "$folder/catalogue.yaml"
        LC_ALL=C awk '@TESTENVS@' $folder/*.yaml
    end
end

# Plans of Warren's catalogues.
function __warren_plans --argument-names current
    for plan in $__warren_catalogues/*/plans/*.plan $__warren_catalogues/*/plans/*.yaml
        set --local name (string replace --regex '.*/([^/]+)/plans/([^/]+)\.[^.]*$' '$1/$2' -- $plan)
        if string match --quiet -- "$current*" $name
            printf '%s\t%s\n' $name 'plan of a catalogue'
        end
    end
end

# Snapshots, and the testenvs that have some.
function __warren_snapshots
    set --local cache $HOME/.cache
    if string match --quiet '/*' -- "$XDG_CACHE_HOME"
        set cache $XDG_CACHE_HOME
    end
    set --local last ''
    for folder in $cache/warren/snapshots/*/
        set --local name (string replace --regex '.*/([^/]+)/$' '$1' -- $folder)
        set --local testenv (string replace --regex -- '-[^-]*$' '' $name)
        if test "$testenv" != "$last"
            printf '%s\t%s\n' $testenv 'all snapshots of this testenv'
        end
        set last $testenv
        printf '%s\t%s\n' $name "snapshot of $testenv"
    end
end

# Candidates for the current word: a word, a tab, what it means.
function __warren_complete
    set --local words (commandline --tokenize --cut-at-cursor --current-process)
    set --erase words[1]
    set --local current (commandline --current-token --cut-at-cursor)
    set --local path ''
    set --local option ''
    set --local index 0
    set --local first ''
    set --local guest ''
    set --local catalogue ''
    for word in $words
        if test -n "$option"
            if test "$option" = --catalogue
                set catalogue $word
            end
            set option ''
            continue
        end
        if test -z "$guest"
            switch $word
                case '--catalogue=*'
                    set catalogue (string replace -- --catalogue= '' $word)
                    continue
                case -- '--*=*'
                    continue
                case '-?*'
                    if test -n "$(__warren_value "$path $word")"
                        set option $word
                    end
                    continue
            end
            if test $index = 0; and __warren_commands $path | string match --quiet "$word"\t'*'
                set path (string trim "$path $word")
                continue
            end
        else if test "$word" = -- -a $index = 1
            continue
        end
        if test $index = 0
            set first $word
        end
        set index (math $index + 1)
        if contains -- "$(__warren_value "$path #$index")" command arguments
            set guest yes
        end
    end

    set --local kind ''
    set --local prefix ''
    if test -n "$option"
        set kind (__warren_value "$path $option")
    else if test -z "$guest"; and string match --quiet -- '--*=*' $current
        set prefix (string replace --regex '=.*' '=' -- $current)
        set kind (__warren_value "$path "(string replace = '' -- $prefix))
        set current (string replace -- $prefix '' $current)
    else if test -z "$guest"; and string match --quiet -- '-*' $current
        set kind options
    else
        set kind (__warren_value "$path #$index")
        if test -z "$kind" -a $index = 0
            set kind commands
        end
    end

    set --local plans
    if test "$kind" = plan
        set plans (__warren_plans $current)
        # A plan may be any file, too.
        if test (count $plans) = 0
            set kind file
        end
    end

    switch "$kind"
        case file arguments
            __fish_complete_path $current | string replace --regex '^' -- $prefix
        case folder
            __fish_complete_directories $current '' | string replace --regex '^' -- $prefix
        case command
            __fish_complete_subcommand --commandline $current 2>/dev/null
            complete --do-complete="$current" 2>/dev/null
        case options
            __warren_options $path
        case commands
            __warren_commands $path
        case topics
            __warren_commands ''
        case 'words *'
            string replace 'words ' '' -- $kind | string split ' ' | string replace --regex '^' -- $prefix
        case group
            # The last of several hosts with commas between them.
            set --local others (string replace --regex '[^,]*$' '' -- $current)
            __warren_running host '' | string replace --regex '^' -- "$others"
        case testenv
            __warren_testenvs "$path" "$first" "$catalogue"
        case testenvs
            set --local others (string replace --regex '[^,]*$' '' -- $current)
            __warren_testenvs "$path" "$first" "$catalogue" | string replace --regex '^' -- "$prefix$others"
        case plan
            printf '%s\n' $plans | string replace --regex '^' -- $prefix
        case snapshot
            __warren_snapshots
        case '*'
            __warren_running "$kind" "$current" "$first" | string replace --regex '^' -- $prefix
    end
end

complete --command warren --no-files --keep-order --arguments '(__warren_complete)'
