/*
 * warren-enter: runs a command in a host, as if it ran here.
 *
 *   warren-enter HOST PID START USERNS DIRECTORY USER [NAME=VALUE...] -- COMMAND [ARGUMENT...]
 *
 * HOST is for messages; PID is the host's init, and START when that began (field 22 of /proc/PID/stat: a number may have
 * been given away again); USERNS is 1 when the host belongs to another user namespace; DIRECTORY and USER are what the
 * command starts with (USER may be empty: the host's root). The command sees the given variables only.
 *
 * It does what `nsenter` does, and what nsenter leaves out. nsenter waits for the command in the terminal's foreground
 * process group with default signal actions, so Ctrl-C ends nsenter even when the command handles it, and a SIGTERM
 * meant for the command ends nsenter alone. Putting that right with shell, setpriv and env around nsenter takes three
 * more processes, each of which costs a third of a bare nsenter; the launcher does so where no C compiler is.
 *
 *   caller --- warren-enter --- | --- command (PID namespace of the host)
 *              blocks all signals,    original signal actions and mask,
 *              passes them on         dies with warren-enter (PDEATHSIG)
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Exit codes as of docker exec, env and the shells. */
enum { CANNOT_ENTER = 125, CANNOT_RUN = 126, NOT_FOUND = 127 };

static const char *host;

__attribute__((format(printf, 2, 3), noreturn)) static void fail(int code, const char *what, ...) {
  int error = errno;
  va_list arguments;
  va_start(arguments, what);
  fprintf(stderr, "warren: %s: ", host);
  vfprintf(stderr, what, arguments);
  fprintf(stderr, ": %s\n", strerror(error));
  va_end(arguments);
  _exit(code);
}

/* Fails unless the process began at that time: then its namespaces are the host's. */
static void check_start(const char *pid, const char *start) {
  char path[64], text[1024];
  snprintf(path, sizeof path, "/proc/%s/stat", pid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
  if (length > 0) {
    close(file);
    text[length] = '\0';
    /* Field 2, the name, may hold blanks and brackets; field 3 follows the last bracket. */
    char *field = strrchr(text, ')');
    for (int number = 2; field != NULL && number < 22; number++) field = strchr(field + 1, ' ');
    size_t wanted = strlen(start);
    if (field != NULL && strncmp(field + 1, start, wanted) == 0 && field[1 + wanted] == ' ') return;
  }
  fprintf(stderr, "warren: host %s (PID %s) has ended, and its lab with it: `warren ls` shows what runs\n", host, pid);
  _exit(CANNOT_ENTER);
}

/* The user namespace comes first: it gives the powers to enter the others. Files are opened before any is entered,
   for afterwards /proc is the host's. */
static void enter(const char *pid, const char *start, int with_user) {
  static const struct {
    const char *name;
    int flag;
  } kinds[] = {{"user", CLONE_NEWUSER}, {"pid", CLONE_NEWPID}, {"net", CLONE_NEWNET},
               {"uts", CLONE_NEWUTS},   {"ipc", CLONE_NEWIPC}, {"mnt", CLONE_NEWNS}};
  enum { COUNT = sizeof kinds / sizeof *kinds };
  int files[COUNT];
  for (int i = !with_user; i < COUNT; i++) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%s/ns/%s", pid, kinds[i].name);
    files[i] = open(path, O_RDONLY | O_CLOEXEC);
    if (files[i] < 0 && errno != ENOENT) fail(CANNOT_ENTER, "cannot open %s", path);
  }
  check_start(pid, start);
  for (int i = !with_user; i < COUNT; i++) {
    if (setns(files[i], kinds[i].flag) != 0) fail(CANNOT_ENTER, "cannot enter the %s namespace", kinds[i].name);
    close(files[i]);
  }
}

static void become(const char *name) {
  errno = 0;
  struct passwd *user = getpwnam(name);
  if (user == NULL) {
    if (errno == 0) errno = ENOENT;
    fail(CANNOT_ENTER, "no user \"%s\" in the host's /etc/passwd", name);
  }
  if (initgroups(user->pw_name, user->pw_gid) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)
    fail(CANNOT_ENTER, "cannot become user \"%s\"", name);
  /* 0: what the caller asked for with --env wins. */
  setenv("HOME", user->pw_dir, 0);
  setenv("USER", user->pw_name, 0);
  setenv("LOGNAME", user->pw_name, 0);
  setenv("SHELL", *user->pw_shell ? user->pw_shell : "/bin/sh", 0);
}

/* Ends as the command ended, so that a caller that looks at the signal sees it too. */
__attribute__((noreturn)) static void end_as(int status) {
  if (WIFEXITED(status)) _exit(WEXITSTATUS(status));
  int signal_number = WTERMSIG(status);
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none); /* the command's core is of use, ours is not */
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal_number);
  signal(signal_number, SIG_DFL);
  kill(getpid(), signal_number);
  sigprocmask(SIG_UNBLOCK, &one, NULL);
  _exit(128 + signal_number); /* PID 1 of a container survives its own signals */
}

/* A shell with job control moves the terminal to process groups of its own; once it is gone or stopped, nobody in the
   caller's view would be in the foreground. */
static void take_terminal(int terminal, pid_t foreground) {
  if (foreground > 0 && tcgetpgrp(terminal) != foreground) tcsetpgrp(terminal, foreground);
}

/* Closes everything but the terminal, whose new number it returns: who reads from the command sees its end of file when
   the command closes its side, not when this process ends. */
static int release_files(int terminal) {
  if (terminal >= 0) terminal = dup2(terminal, STDIN_FILENO);
  syscall(SYS_close_range, terminal + 1, ~0U, 0); /* before Linux 5.9 they stay open: a lesser likeness, no more */
  return terminal;
}

/* Passes signals on until the command ends. All signals are blocked: none can end this process before the command. */
__attribute__((noreturn)) static void accompany(pid_t command, const sigset_t *all, int terminal) {
  pid_t foreground = tcgetpgrp(terminal) == getpgrp() ? getpgrp() : 0;
  for (;;) {
    siginfo_t info;
    int signal_number = sigwaitinfo(all, &info);
    if (signal_number < 0) continue;
    if (signal_number != SIGCHLD) {
      /* What the terminal sends (SI_KERNEL) goes to its whole foreground group: the command has it already. */
      if (info.si_code != SI_KERNEL) kill(command, signal_number);
      continue;
    }
    int status;
    while (waitpid(command, &status, WNOHANG | WUNTRACED) == command) {
      take_terminal(terminal, foreground);
      if (!WIFSTOPPED(status)) end_as(status);
      /* Ctrl-Z: the caller's shell must see a stopped job; it wakes both with SIGCONT. */
      kill(getpid(), SIGSTOP);
      kill(command, SIGCONT);
    }
  }
}

/* vfork: half the cost of fork here. The child changes nothing that the parent reads afterwards. */
static pid_t start(char **command, const char *directory, const char *user, const sigset_t *mask,
                   const struct sigaction *on_child) {
  pid_t child = vfork();
  if (child < 0) fail(CANNOT_ENTER, "cannot start a process (is the host going down?)");
  if (child > 0) return child;
  if (*user) become(user);
  if (chdir(directory) != 0) fail(CANNOT_RUN, "cannot change to directory %s", directory);
  prctl(PR_SET_PDEATHSIG, SIGKILL); /* after become(): changing the user clears it */
  sigaction(SIGCHLD, on_child, NULL);
  sigprocmask(SIG_SETMASK, mask, NULL);
  execvp(*command, command);
  fail(errno == ENOENT ? NOT_FOUND : CANNOT_RUN, "cannot run %s", *command);
}

int main(int count, char **arguments) {
  if (count < 9) {
    fputs("usage: warren-enter HOST PID START USERNS DIRECTORY USER [NAME=VALUE...] -- COMMAND [ARGUMENT...]\n", stderr);
    return CANNOT_ENTER;
  }
  host = arguments[1];
  char **command = arguments + 7;
  clearenv();
  while (*command != NULL && strcmp(*command, "--") != 0) putenv(*command++);
  if (*command == NULL || *++command == NULL) {
    errno = EINVAL;
    fail(CANNOT_ENTER, "no command given");
  }

  int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC); /* -1 without a controlling terminal */
  enter(arguments[2], arguments[3], strcmp(arguments[4], "1") == 0);

  sigset_t all, mask;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &mask);
  /* A caller that ignores SIGCHLD would make the kernel throw the exit status away. */
  struct sigaction wanted = {.sa_handler = SIG_DFL}, on_child;
  sigaction(SIGCHLD, &wanted, &on_child);
  pid_t child = start(command, arguments[5], arguments[6], &mask, &on_child);
  accompany(child, &all, release_files(terminal));
}
