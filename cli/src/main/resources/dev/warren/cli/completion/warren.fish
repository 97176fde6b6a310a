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
    for word in $words
        if test -n "$option"
            set option ''
            continue
        end
        if test -z "$guest"
            switch $word
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
        case '*'
            __warren_running "$kind" "$current" "$first" | string replace --regex '^' -- $prefix
    end
end

complete --command warren --no-files --keep-order --arguments '(__warren_complete)'
