import Foundation

/// A Unix listener that starts a shell for each connection, with the connection as its standard input: what a systemd
/// socket unit with `Accept=yes` and a template with `StandardInput=socket` do. It ends, with its shells, with its test.
final class TestListener {
  private static let script = """
    import os, signal, socket, subprocess, sys
    path, command = sys.argv[1:]
    if os.path.exists(path): os.remove(path)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(64)
    shells = []
    def end(*_):
      for shell in shells: os.killpg(shell.pid, signal.SIGKILL) if shell.poll() is None else None
      sys.exit(0)
    signal.signal(signal.SIGTERM, end)
    # The thread that starts it may block signals, and this process inherits that.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.write(1, b"ready")
    while True:
      connection, _ = listener.accept()
      shells = [shell for shell in shells if shell.poll() is None]
      shells.append(subprocess.Popen(["/bin/sh", "-c", command], stdin=connection, stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL, start_new_session=True))
      connection.close()
    """
  private let process = Process()

  /// Returns once it listens.
  init(_ path: String, running command: String) throws {
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", Self.script, path, command]
    process.standardOutput = output
    try process.run()
    guard output.fileHandleForReading.availableData == Data("ready".utf8) else {
      throw TestFailure("the listener does not start")
    }
  }

  /// Its socket's file stays behind.
  func end() {
    guard process.isRunning else { return }
    process.terminate()
    process.waitUntilExit()
  }

  deinit { end() }
}
