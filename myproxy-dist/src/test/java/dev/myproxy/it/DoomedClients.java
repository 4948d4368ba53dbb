package dev.myproxy.it;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that is full of clients in all states, and waits to be killed. */
final class DoomedClients {

    private DoomedClients() {}

    /** Starts the process; it says {@code ready} when its clients are where they should be. */
    static Process start(Path socket, String user, int count) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), DoomedClients.class.getName(),
                socket.toString(), user, Integer.toString(count)).redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader().readLine();
        if (!"ready".equals(line)) {
            process.destroyForcibly();
            throw new IOException("the process with the clients says " + line);
        }
        return process;
    }

    /** Begins as many sessions as it is told to: arguments are the socket of the proxy, the user name, and their number. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Address proxy = Endpoints.unix(Path.of(arguments[0]));
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            clients.add(RawClient.connect(proxy));
            begin(clients.getLast(), Login.clear(arguments[1], ""), i);
        }
        System.out.println("ready");
        Thread.currentThread().join();
        throw new IllegalStateException("not killed: " + clients.size());
    }

    private static void begin(RawClient client, Login login, int number) {
        try {
            switch (number % 6) {
                case 0 -> client.readGreeting();
                case 1 -> client.sendLogin(login);
                case 2 -> client.login(login);
                case 3 -> client.login(login).send(Command.QUERY.payload("SELECT SLEEP(1000)"));
                case 4 -> {
                    client.login(login)
                            .send(Command.QUERY.payload("SELECT REPEAT('x', 100000) FROM mysql.seq_1_to_10000"));
                    client.stream().read();
                }
                default -> client.login(login).stream().raw(new byte[]{100, 0, 0, 0, 3, 'S'});
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
