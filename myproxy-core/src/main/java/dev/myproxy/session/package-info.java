/**
 * A client, its backend, and the phases that both go through from the greeting to the end.
 *
 * <p>A {@link dev.myproxy.session.Session} and everything that belongs to it live on one event loop, that of the client's
 * channel; the backend's channel is made on the same one. So there are no locks, and no packet changes threads. Each channel
 * has exactly one handler in its pipeline, behind that of TLS if there is any, and that handler is the phase:
 *
 * <pre>
 * client's pipeline                                backend's pipeline
 * AwaitedHeader    only behind a balancer
 * ClientGreeting   on_connect, greeting, answer
 * ClientDialogue   while the client is asked who it is
 * WaitingClient    reading is off, while Login     BackendLogin      greeting, authentication
 *                  asks the script and connects
 * ClientCommands   commands                        BackendResponses  responses
 *                                                  ParkedServer      while COM_CHANGE_USER asks where to go
 *                                                  BackendChangeUser authentication where the session stays
 * Farewell         after our own ERR               Discard           when COM_CHANGE_USER leaves a server
 * </pre>
 *
 * <p>Clients ask for TLS in the place of their answer; {@link dev.myproxy.session.ClientTls} then puts Netty's handler in front of
 * ClientGreeting, which waits for the answer again, and {@link dev.myproxy.session.HandshakeTurn} in front of that until hands are
 * shaken.
 *
 * <p>A client that closes its half of the connection gets its answers, and its server is told by the same sign
 * ({@link dev.myproxy.session.ConnectionEnds}); its output goes through one more handler,
 * {@link dev.myproxy.transport.PolledOutput}.
 *
 * <p>In the command phase buffers go from one channel to the other as they came: written in {@code channelRead}, flushed in
 * {@code channelReadComplete}. A side is read only while the other one takes what is written
 * ({@link dev.myproxy.session.CommandPhase}), so a session holds what two sockets' high-water marks allow, whatever a result
 * weighs. Scanners look at packet boundaries on the way and copy nothing. Long responses in small pieces wait a moment in the
 * server's socket ({@link dev.myproxy.session.Gathering}), to be worth waking up for.
 *
 * <p>Commands that the script decides on ({@link dev.myproxy.session.InitDbCommand},
 * {@link dev.myproxy.session.QueryCommand}), and all behind them, are held in {@link dev.myproxy.session.ClientCommands} until
 * everything before them is answered and the script has decided. Where the script has no such handler nothing is held.
 *
 * <p>So is {@link dev.myproxy.session.KillCommand}, which is for an id that we gave out: what servers know their connections by
 * takes its place ({@link dev.myproxy.session.kill}).
 *
 * <p>A {@link dev.myproxy.session.Login} asks the script where to go. {@link dev.myproxy.session.ServerSearch} then tries the
 * servers of the script's upstream one after the other, each with a {@link dev.myproxy.session.ServerAttempt}, until one has
 * greeted; what comes after the greeting is not tried elsewhere. COM_CHANGE_USER begins another {@code Login}: if its first
 * server is the one where the session is ({@link dev.myproxy.session.ParkedServer}), the session logs in there within its
 * connection ({@link dev.myproxy.session.ServerStay}).
 *
 * <p>The rest of the daemon asks sessions for something over the event bus ({@link dev.myproxy.session.SessionBus}): to leave a
 * server, to end because the administrator wants it, to say what they do. Each is asked on its own event loop, so that the
 * numbers cost nothing while nobody asks. A session that is expelled ends with an ERR packet that stands between the packets of
 * the server, or with none.
 *
 * <p>Decisions of the script come over the event bus ({@code ScriptGateway}) and find the session where it was, or ended.
 * A session ends once, with one {@link dev.myproxy.session.meters.DisconnectCause}, which its last log line tells.
 *
 * <p>What there is to count stands in {@link dev.myproxy.session.meters}.
 *
 * <p>May use {@code backend}, {@code listen}, {@code metrics}, {@code offer}, {@code proxyheader}, {@code script},
 * {@code auth}, {@code tls}, {@code transport}, {@code cgroup}, {@code address} and {@code protocol}.
 */
@NullMarked
package dev.myproxy.session;

import org.jspecify.annotations.NullMarked;
