package dev.warren.lab.seccomp;

/** Where containers get their profile from. */
public enum ContainerPlace {
  /** {@code docker run}. */
  DOCKER,
  /** {@code podman run}. */
  PODMAN,
  /** The settings of a GitLab runner with Docker's executor. */
  GITLAB,
  /** A pod of Kubernetes. */
  KUBERNETES,
  /** Docker's daemon, for all its containers. */
  DAEMON;

  private static final String FILE = "warren-seccomp.json";

  /**
   * What to write there, with comments on where that is.
   *
   * @param command the command that prints the profile for a file
   */
  public String snippet(SeccompProfile profile, String command) {
    return switch (this) {
      case DOCKER ->
          """
          # %s > %s
          # apparmor=unconfined where the machine has AppArmor (Debian, Ubuntu), whose profile refuses mounts.
          docker run --security-opt seccomp=%s --security-opt apparmor=unconfined IMAGE
          """
              .formatted(command, FILE, FILE);
      case PODMAN ->
          """
          # %s > %s
          podman run --security-opt seccomp=%s IMAGE
          """
              .formatted(command, FILE, FILE);
      case GITLAB ->
          """
          # In the runner's config.toml. The profile stands here itself, as the runner passes no file on.
          [runners.docker]
            security_opt = ['seccomp:%s', 'apparmor:unconfined']
          """
              .formatted(profile.line().replace("'", "\\u0027"));
      case KUBERNETES ->
          """
          # On each node: %s > /var/lib/kubelet/seccomp/%s
          spec:
            hostUsers: false
            containers:
              - name: NAME
                image: IMAGE
                securityContext:
                  seccompProfile:
                    type: Localhost
                    localhostProfile: %s
                  appArmorProfile:
                    type: Unconfined
                  procMount: Unmasked
          """
              .formatted(command, FILE, FILE);
      case DAEMON ->
          """
          # %s > /etc/docker/%s, then this in /etc/docker/daemon.json; or dockerd --seccomp-profile FILE
          {
            "seccomp-profile": "/etc/docker/%s"
          }
          """
              .formatted(command, FILE, FILE);
    };
  }
}
