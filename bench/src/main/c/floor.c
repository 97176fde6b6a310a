/*
 * The floor under the making of hosts: the system calls by which Warren makes and ends a lab of
 * hosts on one bridge, in C, with nothing around them. It is measured, never shipped.
 *
 *   floor HOSTS THREADS INIT
 *
 * HOSTS on one bridge, made by so many THREADS at once; INIT is the program of init.c. Needs root.
 * Prints four numbers: microseconds until all hosts are
 * up, CPU time of that, microseconds until all are gone, CPU time of that.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/mount.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STORE "/proc/tty"
#define ANCHOR "/dev/shm"
#define BRIDGE 2
#define FIRST_INDEX 10000
#define MANY_CABLES 64

#define CHECK(call)                                                                            \
	({                                                                                     \
		long result_ = (long)(call);                                                   \
		if (result_ < 0) {                                                             \
			fprintf(stderr, "floor.c:%d: %s: %s\n", __LINE__, #call,               \
				strerror(errno));                                              \
			exit(1);                                                               \
		}                                                                              \
		result_;                                                                       \
	})

struct host {
	int number;
	int ns[4];
	int netlink;
	int udp, tcp;
	int lifeline;
	int pidfd;
	int pidns;
	pid_t init;
};

static struct host *hosts;
static int count;
static atomic_int next;
static int base_mounts;
static int view_mounts;
static int machine_pids;
static int machine_proc;
static int programs;
static int root_netlink;
static pthread_mutex_t root_lock = PTHREAD_MUTEX_INITIALIZER;

/* ---- rtnetlink: a batch of requests, of which the last asks for an answer ---- */

struct batch {
	char bytes[2048];
	size_t length;
	struct nlmsghdr *message;
};

static void *grow(struct batch *batch, size_t size)
{
	void *at = batch->bytes + batch->length;

	memset(at, 0, NLMSG_ALIGN(size));
	batch->length += NLMSG_ALIGN(size);
	if (batch->message)
		batch->message->nlmsg_len = batch->bytes + batch->length - (char *)batch->message;
	return at;
}

static void *request(struct batch *batch, int type, int flags, size_t body)
{
	batch->message = NULL;
	struct nlmsghdr *header = grow(batch, sizeof(*header));

	batch->message = header;
	header->nlmsg_type = type;
	header->nlmsg_flags = NLM_F_REQUEST | flags;
	return grow(batch, body);
}

static struct rtattr *attribute(struct batch *batch, int type, const void *value, size_t size)
{
	struct rtattr *head = grow(batch, RTA_LENGTH(size));

	head->rta_type = type;
	head->rta_len = RTA_LENGTH(size);
	if (size)
		memcpy(RTA_DATA(head), value, size);
	return head;
}

static void number(struct batch *batch, int type, unsigned value)
{
	attribute(batch, type, &value, sizeof(value));
}

static void text(struct batch *batch, int type, const char *value)
{
	attribute(batch, type, value, strlen(value) + 1);
}

static void end(struct batch *batch, struct rtattr *nest)
{
	nest->rta_len = batch->bytes + batch->length - (char *)nest;
}

static int netlink(void)
{
	int one = 1;
	int fd = CHECK(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));

	CHECK(setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof(one)));
	CHECK(setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one)));
	return fd;
}

static void execute(int fd, struct batch *batch)
{
	char answer[8192];

	batch->message->nlmsg_flags |= NLM_F_ACK;
	CHECK(send(fd, batch->bytes, batch->length, 0));
	long length = CHECK(recv(fd, answer, sizeof(answer), 0));
	struct nlmsghdr *header = (struct nlmsghdr *)answer;

	for (; NLMSG_OK(header, length); header = NLMSG_NEXT(header, length)) {
		struct nlmsgerr *error = NLMSG_DATA(header);

		if (header->nlmsg_type == NLMSG_ERROR && error->error) {
			fprintf(stderr, "floor.c: netlink: %s\n", strerror(-error->error));
			exit(1);
		}
	}
}

static struct ifinfomsg *link_of(struct batch *batch, int type, int flags, int index)
{
	struct ifinfomsg *info = request(batch, type, flags, sizeof(*info));

	info->ifi_index = index;
	return info;
}

static void up(struct batch *batch, int index)
{
	struct ifinfomsg *info = link_of(batch, RTM_NEWLINK, 0, index);

	info->ifi_flags = info->ifi_change = IFF_UP;
}

static void without_link_local(struct batch *batch, int index)
{
	unsigned char none = 1; /* IN6_ADDR_GEN_MODE_NONE */

	link_of(batch, RTM_NEWLINK, 0, index);
	struct rtattr *families = attribute(batch, IFLA_AF_SPEC, NULL, 0);
	struct rtattr *v6 = attribute(batch, AF_INET6, NULL, 0);

	attribute(batch, IFLA_INET6_ADDR_GEN_MODE, &none, 1);
	end(batch, v6);
	end(batch, families);
}

static void address(struct batch *batch, int index, unsigned v4)
{
	struct ifaddrmsg *info =
		request(batch, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, sizeof(*info));
	unsigned value = htonl(v4), broadcast = htonl(v4 | 0xffff);

	info->ifa_family = AF_INET;
	info->ifa_prefixlen = 16;
	info->ifa_index = index;
	attribute(batch, IFA_LOCAL, &value, 4);
	attribute(batch, IFA_ADDRESS, &value, 4);
	attribute(batch, IFA_BROADCAST, &broadcast, 4);
}

static void make_bridge(void)
{
	struct batch batch = {.length = 0};

	link_of(&batch, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, BRIDGE);
	text(&batch, IFLA_IFNAME, "lan");
	struct rtattr *info = attribute(&batch, IFLA_LINKINFO, NULL, 0);

	text(&batch, IFLA_INFO_KIND, "bridge");
	end(&batch, info);
	up(&batch, BRIDGE);
	execute(root_netlink, &batch);
}

static void lay_cable(struct host *host)
{
	struct batch batch = {.length = 0};
	int index = FIRST_INDEX + host->number;
	char name[16];

	snprintf(name, sizeof(name), "veth%d-br", host->number);
	link_of(&batch, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, index)->ifi_flags = IFF_UP;
	((struct ifinfomsg *)NLMSG_DATA(batch.message))->ifi_change = IFF_UP;
	text(&batch, IFLA_IFNAME, name);
	number(&batch, IFLA_MASTER, BRIDGE);
	number(&batch, IFLA_NUM_TX_QUEUES, 1);
	number(&batch, IFLA_NUM_RX_QUEUES, 1);
	struct rtattr *info = attribute(&batch, IFLA_LINKINFO, NULL, 0);

	text(&batch, IFLA_INFO_KIND, "veth");
	struct rtattr *data = attribute(&batch, IFLA_INFO_DATA, NULL, 0);
	struct rtattr *peer = attribute(&batch, VETH_INFO_PEER, NULL, 0);

	((struct ifinfomsg *)grow(&batch, sizeof(struct ifinfomsg)))->ifi_index = index;
	text(&batch, IFLA_IFNAME, "eth0");
	number(&batch, IFLA_NET_NS_FD, host->ns[3]);
	number(&batch, IFLA_NUM_TX_QUEUES, 1);
	number(&batch, IFLA_NUM_RX_QUEUES, 1);
	end(&batch, peer);
	end(&batch, data);
	end(&batch, info);
	without_link_local(&batch, index);
	pthread_mutex_lock(&root_lock);
	execute(root_netlink, &batch);
	pthread_mutex_unlock(&root_lock);

	struct batch inside = {.length = 0};

	without_link_local(&inside, index);
	address(&inside, index, 0x0a080001 + host->number);
	up(&inside, index);
	execute(host->netlink, &inside);
}

/* Whether all cables pass packets; the kernel notices carriers in the background. */
static int all_forward(void)
{
	char answer[65536];
	struct batch batch = {.length = 0};
	int forward = 0;

	link_of(&batch, RTM_GETLINK, NLM_F_DUMP, 0)->ifi_family = AF_UNSPEC;
	CHECK(send(root_netlink, batch.bytes, batch.length, 0));
	for (;;) {
		long length = CHECK(recv(root_netlink, answer, sizeof(answer), 0));
		struct nlmsghdr *header = (struct nlmsghdr *)answer;

		for (; NLMSG_OK(header, length); header = NLMSG_NEXT(header, length)) {
			struct ifinfomsg *info = NLMSG_DATA(header);

			if (header->nlmsg_type == NLMSG_DONE)
				return forward == count;
			if (info->ifi_index >= FIRST_INDEX && (info->ifi_flags & IFF_RUNNING))
				forward++;
		}
	}
}

/* ---- files ---- */

static void file(const char *path, const char *content)
{
	int fd = CHECK(open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666));

	CHECK(write(fd, content, strlen(content)));
	close(fd);
	CHECK(chmod(path, 0644));
}

static void folder(const char *path, int mode)
{
	CHECK(mkdir(path, 0777));
	CHECK(chmod(path, mode));
}

static void make_devices(const char *home)
{
	static const char *const devices[] = {"null",	 "zero", "full", "random",
					      "urandom", "tty",	 "net/tun"};
	static const char *const links[][2] = {{"pts/ptmx", "ptmx"},
					       {"/proc/self/fd/0", "stdin"},
					       {"/proc/self/fd/1", "stdout"},
					       {"/proc/self/fd/2", "stderr"},
					       {"/proc/self/fd", "fd"}};
	char path[128], device[64];

	snprintf(path, sizeof(path), "%s/dev", home);
	folder(path, 0755);
	for (int i = 0; i < 7; i++) {
		snprintf(device, sizeof(device), "/dev/%s", devices[i]);
		if (access(device, F_OK))
			continue;
		if (strchr(devices[i], '/')) {
			snprintf(path, sizeof(path), "%s/dev/net", home);
			CHECK(mkdir(path, 0777));
		}
		snprintf(path, sizeof(path), "%s/dev/%s", home, devices[i]);
		close(CHECK(open(path, O_WRONLY | O_CREAT | O_EXCL, 0666)));
		CHECK(mount(device, path, NULL, MS_BIND | MS_REC, NULL));
	}
	for (int i = 0; i < 5; i++) {
		snprintf(path, sizeof(path), "%s/dev/%s", home, links[i][1]);
		CHECK(symlink(links[i][0], path));
	}
	snprintf(path, sizeof(path), "%s/dev/shm", home);
	CHECK(mkdir(path, 0777));
	snprintf(path, sizeof(path), "%s/dev/pts", home);
	CHECK(mkdir(path, 0777));
	CHECK(mount("devpts", path, "devpts", MS_NOSUID | MS_NOEXEC,
		    "newinstance,ptmxmode=0666,mode=0620,gid=5"));
	snprintf(path, sizeof(path), "%s/dev", home);
	CHECK(mount(path, "/dev", NULL, MS_BIND | MS_REC, NULL));
}

static void make_etc(const char *home, const struct host *host)
{
	char path[128], content[256];

	snprintf(path, sizeof(path), "%s/etc", home);
	folder(path, 0755);
	snprintf(path, sizeof(path), "%s/etc/hostname", home);
	snprintf(content, sizeof(content), "h%d\n", host->number);
	file(path, content);
	snprintf(path, sizeof(path), "%s/etc/hosts", home);
	snprintf(content, sizeof(content),
		 "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n10.8.0.1 h%d\n",
		 host->number);
	file(path, content);
	snprintf(path, sizeof(path), "%s/etc/resolv.conf", home);
	file(path, "nameserver 127.0.0.53\n");
	snprintf(path, sizeof(path), "%s/etc-work", home);
	folder(path, 0755);
	snprintf(content, sizeof(content),
		 "lowerdir=" STORE "/etc:/etc,upperdir=%s/etc,workdir=%s/etc-work", home, home);
	CHECK(mount("floor", "/etc", "overlay", 0, content));
}

static void make_private(const char *home)
{
	static const struct {
		const char *path;
		int mode;
	} folders[] = {{"/dev/shm", 01777},
		       {"/root", 0700},
		       {"/run", 0755},
		       {"/tmp", 01777},
		       {"/var/tmp", 01777}};
	char path[128];

	snprintf(path, sizeof(path), "%s/private", home);
	folder(path, 0755);
	for (int i = 0; i < 5; i++) {
		snprintf(path, sizeof(path), "%s/private/%d", home, i);
		folder(path, folders[i].mode);
		CHECK(mount(path, folders[i].path, NULL, MS_BIND | MS_REC, NULL));
	}
}

/* ---- hosts ---- */

static int listener(int type)
{
	int zero = 0, one = 1;
	int fd = CHECK(socket(AF_INET6, type, 0));
	struct sockaddr_in6 here = {.sin6_family = AF_INET6, .sin6_port = htons(53)};

	CHECK(setsockopt(fd, SOL_IPV6, IPV6_V6ONLY, &zero, sizeof(zero)));
	if (type == SOCK_STREAM)
		CHECK(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)));
	inet_pton(AF_INET6, "::ffff:127.0.0.53", &here.sin6_addr);
	CHECK(bind(fd, (struct sockaddr *)&here, sizeof(here)));
	if (type == SOCK_STREAM)
		CHECK(listen(fd, 50));
	return fd;
}

static void start_init(struct host *host)
{
	int life[2], ready[2];
	char *const argv[] = {"./init", NULL};
	char *const envp[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL};
	char said[5];
	sigset_t all, none;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;

	CHECK(pipe2(life, O_CLOEXEC));
	CHECK(pipe2(ready, O_CLOEXEC));
	CHECK(unshare(CLONE_NEWPID));
	CHECK(fchdir(programs));
	sigfillset(&all);
	sigemptyset(&none);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK |
						      POSIX_SPAWN_SETSID);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, life[0], 0);
	posix_spawn_file_actions_adddup2(&actions, ready[1], 1);
	posix_spawn_file_actions_adddup2(&actions, ready[1], 2);
	posix_spawn_file_actions_addclosefrom_np(&actions, 3);
	errno = posix_spawn(&host->init, argv[0], &actions, &attributes, argv, envp);
	CHECK(errno ? -1 : 0);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	close(life[0]);
	close(ready[1]);
	host->lifeline = life[1];
	host->pidfd = CHECK(syscall(SYS_pidfd_open, host->init, 0));
	if (read(ready[0], said, sizeof(said)) != sizeof(said))
		CHECK(-1);
	close(ready[0]);
}

static void make_host(struct host *host)
{
	static const char *const kinds[] = {"mnt", "uts", "ipc", "net"};
	char home[64], path[64];

	CHECK(unshare(CLONE_FS));
	CHECK(setns(base_mounts, CLONE_NEWNS));
	CHECK(setns(machine_pids, CLONE_NEWPID));
	int memory = CHECK(syscall(SYS_open_tree, AT_FDCWD, ANCHOR,
				   OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE));

	CHECK(setns(view_mounts, CLONE_NEWNS));
	CHECK(unshare(CLONE_FS | CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET));
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "thread-self/ns/%s", kinds[i]);
		host->ns[i] = CHECK(openat(machine_proc, path, O_RDONLY | O_CLOEXEC));
	}
	CHECK(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	CHECK(syscall(SYS_move_mount, memory, "", AT_FDCWD, STORE, MOVE_MOUNT_F_EMPTY_PATH));
	CHECK(chdir(STORE));
	close(memory);
	snprintf(home, sizeof(home), STORE "/hosts/h%d", host->number);
	CHECK(mkdir(home, 0777));
	snprintf(path, sizeof(path), "h%d", host->number);
	CHECK(sethostname(path, strlen(path)));
	host->netlink = netlink();
	struct batch batch = {.length = 0};

	up(&batch, 1);
	execute(host->netlink, &batch);
	make_devices(home);
	make_etc(home, host);
	make_private(home);
	CHECK(mount("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL));
	CHECK(umount2(".", MNT_DETACH));
	CHECK(chdir("/"));
	lay_cable(host);
	host->udp = listener(SOCK_DGRAM);
	host->tcp = listener(SOCK_STREAM);
	start_init(host);
}

static void end_host(struct host *host)
{
	siginfo_t info;
	struct pollfd ended = {.fd = host->pidfd, .events = POLLIN};

	close(host->udp);
	close(host->tcp);
	close(host->lifeline);
	CHECK(poll(&ended, 1, -1));
	CHECK(waitid(P_PIDFD, host->pidfd, &info, WEXITED));
	close(host->pidfd);
	close(host->pidns);
	close(host->netlink);
	for (int i = 0; i < 4; i++)
		close(host->ns[i]);
}

static void *maker(void *unused)
{
	char path[64];

	for (int i; (i = next++) < count;) {
		make_host(&hosts[i]);
		snprintf(path, sizeof(path), "%d/ns/pid", hosts[i].init);
		hosts[i].pidns = CHECK(openat(machine_proc, path, O_RDONLY | O_CLOEXEC));
	}
	return unused;
}

static void *ender(void *unused)
{
	for (int i; (i = next++) < count;)
		end_host(&hosts[i]);
	return unused;
}

static void side_by_side(void *(*work)(void *), int threads)
{
	pthread_t thread[threads];

	next = 0;
	for (int i = 0; i < threads; i++)
		CHECK(pthread_create(&thread[i], NULL, work, NULL) ? -1 : 0);
	for (int i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
}

/* ---- what all hosts have in common ---- */

/* What hosts see of the machine below their own files: nothing of it where others keep theirs. */
static int make_view(void)
{
	static const char *const covered[] = {"/run",  "/tmp",	   "/var/tmp",
					      "/root", "/dev/shm", "/dev/pts"};

	CHECK(unshare(CLONE_NEWNS));
	CHECK(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	CHECK(umount2(ANCHOR, MNT_DETACH));
	for (int i = 0; i < 6; i++)
		CHECK(mount("floor", covered[i], "tmpfs", MS_RDONLY, "mode=0755,size=256k"));
	return CHECK(open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC));
}

static void make_base(const char *init)
{
	struct mount_attr read_only = {.attr_set = MOUNT_ATTR_RDONLY};
	char buffer[4096];
	int from = CHECK(open(init, O_RDONLY | O_CLOEXEC));

	CHECK(unshare(CLONE_NEWNS | CLONE_NEWNET));
	CHECK(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	CHECK(syscall(SYS_mount_setattr, AT_FDCWD, "/", AT_RECURSIVE, &read_only,
		      sizeof(read_only)));
	CHECK(mount("floor", ANCHOR, "tmpfs", 0, "mode=0755"));
	CHECK(mkdir(ANCHOR "/hosts", 0777));
	CHECK(mkdir(ANCHOR "/etc", 0777));
	file(ANCHOR "/etc/nsswitch.conf", "hosts: files dns\n");
	CHECK(mkdir(ANCHOR "/programs", 0777));
	int to = CHECK(open(ANCHOR "/programs/init", O_WRONLY | O_CREAT | O_CLOEXEC, 0755));

	for (long length; (length = CHECK(read(from, buffer, sizeof(buffer)))) > 0;)
		CHECK(write(to, buffer, length));
	close(to);
	close(from);
	programs = CHECK(syscall(SYS_open_tree, AT_FDCWD, ANCHOR "/programs",
				 OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
	machine_proc = CHECK(open("/proc", O_RDONLY | O_CLOEXEC));
	machine_pids = CHECK(open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC));
	base_mounts = CHECK(open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC));
	view_mounts = make_view();
	root_netlink = netlink();
	make_bridge();
}

static long micros(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static long cpu(void)
{
	long sum = 0;

	for (int who = RUSAGE_SELF;; who = RUSAGE_CHILDREN) {
		struct rusage usage;

		getrusage(who, &usage);
		sum += (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000L +
		       usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
		if (who == RUSAGE_CHILDREN)
			return sum;
	}
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: floor HOSTS THREADS INIT\n");
		return 2;
	}
	count = atoi(argv[1]);
	hosts = calloc(count, sizeof(*hosts));
	for (int i = 0; i < count; i++)
		hosts[i].number = i;
	struct rlimit files;

	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);

	long begin = micros(), begin_cpu = cpu();

	make_base(argv[3]);
	side_by_side(maker, atoi(argv[2]));
	while (count >= MANY_CABLES && !all_forward())
		usleep(2000);
	long made = micros(), made_cpu = cpu();

	for (int i = 0; i < count; i++)
		CHECK(syscall(SYS_pidfd_send_signal, hosts[i].pidfd, SIGKILL, NULL, 0));
	side_by_side(ender, atoi(argv[2]));
	close(root_netlink);
	close(programs);
	close(machine_proc);
	close(machine_pids);
	close(view_mounts);
	close(base_mounts);
	printf("%ld %ld %ld %ld\n", made - begin, made_cpu - begin_cpu, micros() - made,
	       cpu() - made_cpu);
	return 0;
}
