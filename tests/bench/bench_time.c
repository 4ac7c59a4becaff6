/* Runs a command and prints one row of the benchmark's table: what, comments,
 * seconds, seconds of processor time, comments a second, peak resident
 * megabytes. The command's standard output goes to the file named. Ends with
 * its status.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds_of(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void run_child(const char *output, char **command)
{
	int fd = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0) {
		perror(output);
		_exit(126);
	}
	execvp(command[0], command);
	perror(command[0]);
	_exit(127);
}

int main(int argc, char **argv)
{
	if (argc < 5) {
		fputs("usage: bench_time WHAT COMMENTS OUTPUT COMMAND [ARG...]\n", stderr);
		return 2;
	}
	double comments = strtod(argv[2], NULL), began = now();
	pid_t child = fork();
	if (child == 0)
		run_child(argv[3], argv + 4);
	int status;
	if (child < 0 || waitpid(child, &status, 0) < 0) {
		perror("bench_time");
		return 6;
	}
	double seconds = now() - began;
	struct rusage use;
	getrusage(RUSAGE_CHILDREN, &use);
	printf("%-34s %9.0f %8.2f %8.2f %10.0f %8.1f\n", argv[1], comments, seconds,
	       seconds_of(use.ru_utime) + seconds_of(use.ru_stime), comments / seconds,
	       (double)use.ru_maxrss / 1024);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
