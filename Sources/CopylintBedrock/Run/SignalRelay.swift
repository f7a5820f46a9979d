import CSpawn
import Glibc

/// Passes on to a command what processes send to this one, and ignores what the terminal sends: that reaches the
/// command by itself. So a signal ends this process only after the command, with everything cleared away.
struct SignalRelay {
  private let signals: [CInt]

  /// What processes send to say something to a program; not the signals of job control, which a shell sends to both.
  private static let relayed =
    [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGPWR]
    + Array(__libc_current_sigrtmin()...__libc_current_sigrtmax())

  /// Begins. What was ignored from the start, as under `nohup`, is passed on too: the command ignores it as well, unless
  /// it has decided otherwise.
  static func start() -> SignalRelay {
    // Where it is ignored, ended processes are not waited for.
    signal(SIGCHLD, SIG_DFL)
    // A reader that has gone away must not end the gate before the command.
    signal(SIGPIPE, SIG_IGN)
    return SignalRelay(signals: relayed.filter { relay_signal($0) == 0 })
  }

  /// Where signals go: a running command, or nowhere for 0.
  static func deliver(to command: pid_t) { relay_signals_to(command) }

  /// Ends: the signals do what they did before.
  func stop() {
    for signal in signals { relay_signal_no_more(signal) }
  }
}
