/* What starting a process costs a C program: posix_spawn and waitpid, one at a time.
 *
 *   spawn ROUNDS PROGRAM [ARGUMENT...]     prints one time a line, in nanoseconds
 */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("usage: spawn ROUNDS PROGRAM [ARGUMENT...]\n", stderr);
		return 2;
	}
	for (long rounds = atol(argv[1]); rounds > 0; rounds--) {
		pid_t pid;
		int status;
		long long begin = now();
		if (posix_spawn(&pid, argv[2], NULL, NULL, argv + 2, environ) != 0 ||
		    waitpid(pid, &status, 0) != pid || status != 0) {
			fprintf(stderr, "spawn: cannot run %s\n", argv[2]);
			return 1;
		}
		printf("%lld\n", now() - begin);
	}
	return 0;
}
