/// Everything around the process that credentials come from, passed in so that tests need none of it.
public struct CredentialsSurroundings: Sendable {
  /// The environment variables.
  public var environment: ProcessEnvironment
  /// The files.
  public var files: any LocalFiles
  /// The clocks.
  public var time: any TimeSource
  /// Runs `credential_process`.
  public var processes: any ProcessRunner
  /// Sends requests to AWS services: it verifies TLS, and sends in the clear to loopback at most.
  public var transport: any HTTPTransport
  /// Sends requests to the metadata services of the machine and its containers, which speak plain HTTP on link-local
  /// addresses: it must send in the clear, through no proxy, and follow no redirect. The providers decide which hosts.
  public var metadataTransport: any HTTPTransport

  /// These surroundings.
  public init(
    environment: ProcessEnvironment, files: any LocalFiles, time: any TimeSource, processes: any ProcessRunner,
    transport: any HTTPTransport, metadataTransport: any HTTPTransport
  ) {
    self.environment = environment
    self.files = files
    self.time = time
    self.processes = processes
    self.transport = transport
    self.metadataTransport = metadataTransport
  }
}
