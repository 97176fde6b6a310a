/* TCP throughput and the round trip of one byte: the same program for every rival.
 *
 *   tcp serve ADDRESS PORT                    serves connections until it is killed
 *   tcp measure ADDRESS PORT MILLISECONDS     prints Gbit/s and the median round trip in microseconds; so long each
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024, MOST_TRIPS = 1 << 20 };

static char chunk[CHUNK];
static double trips[MOST_TRIPS];

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static struct sockaddr_in address_of(char **words)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(words[1])) };
	if (inet_pton(AF_INET, words[0], &address.sin_addr) != 1) {
		fprintf(stderr, "tcp: no address: %s\n", words[0]);
		exit(2);
	}
	return address;
}

/* Not every machine's own choice is made for a cable without a delay; not every rival has the option. */
static void prepare(int fd)
{
	int yes = 1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	if (setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, "cubic", 5) != 0)
		setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, "reno", 4);
}

/* The first byte says what the connection is for. */
static void serve(int fd)
{
	char kind, byte;
	prepare(fd);
	if (read(fd, &kind, 1) != 1)
		exit(0);
	if (kind == 'e') {
		while (read(fd, &byte, 1) == 1 && write(fd, &byte, 1) == 1)
			;
	} else {
		while (read(fd, chunk, sizeof chunk) > 0)
			;
		if (write(fd, &kind, 1) != 1)
			exit(1);
	}
	exit(0);
}

static int connect_to(struct sockaddr_in *address, char kind)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		fail("socket");
	prepare(fd);
	if (connect(fd, (struct sockaddr *)address, sizeof *address) != 0)
		fail("connect");
	if (write(fd, &kind, 1) != 1)
		fail("write");
	return fd;
}

/* All that goes in that time, until the other side has it. */
static double gigabits(struct sockaddr_in *address, double seconds)
{
	int fd = connect_to(address, 's');
	double begin = now(), sent = 0;
	char byte;
	while (now() - begin < seconds) {
		ssize_t n = write(fd, chunk, sizeof chunk);
		if (n < 0)
			fail("write");
		sent += n;
	}
	shutdown(fd, SHUT_WR);
	if (read(fd, &byte, 1) != 1)
		fail("read");
	close(fd);
	return sent * 8 / (now() - begin) / 1e9;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double microseconds(struct sockaddr_in *address, double seconds)
{
	int fd = connect_to(address, 'e'), n = 0;
	double begin = now();
	char byte = 'x';
	while (n < MOST_TRIPS && (n == 0 || now() - begin < seconds)) {
		double start = now();
		if (write(fd, &byte, 1) != 1 || read(fd, &byte, 1) != 1)
			fail("round trip");
		trips[n++] = now() - start;
	}
	close(fd);
	qsort(trips, n, sizeof *trips, compare);
	return trips[n / 2] * 1e6;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "serve") == 0) {
		struct sockaddr_in address = address_of(argv + 2);
		int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
		signal(SIGCHLD, SIG_IGN);
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
		if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 16) != 0)
			fail("listen");
		for (;;) {
			int connection = accept(fd, NULL, NULL);
			if (connection < 0)
				continue;
			if (fork() == 0) {
				close(fd);
				serve(connection);
			}
			close(connection);
		}
	}
	if (argc == 5 && strcmp(argv[1], "measure") == 0) {
		struct sockaddr_in address = address_of(argv + 2);
		double seconds = atoi(argv[4]) / 1e3;
		double rate = gigabits(&address, seconds);
		printf("%.3f %.2f\n", rate, microseconds(&address, seconds));
		return 0;
	}
	fputs("usage: tcp serve ADDRESS PORT | tcp measure ADDRESS PORT MILLISECONDS\n", stderr);
	return 2;
}
