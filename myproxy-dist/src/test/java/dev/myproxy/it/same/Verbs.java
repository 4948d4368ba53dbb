package dev.myproxy.it.same;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.PayloadWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The verbs of a script that stand for a command. */
final class Verbs {

    private final String text;
    private final Set<String> prepared;

    /** @param prepared the names of statements so far; new ones are added */
    Verbs(String text, Set<String> prepared) {
        this.text = text;
        this.prepared = prepared;
    }

    Step.Send command(Words words) {
        String verb = words.word();
        return switch (verb) {
            case "query" -> new Step.Send(text, 0, new Data(List.of(new Data.Bytes(Command.QUERY.payload()),
                    new Data.NoAttributes(), new Data.Bytes(words.rest().getBytes(StandardCharsets.UTF_8)))),
                    Optional.empty());
            case "init_db" -> send(Command.INIT_DB.payload(words.rest()));
            case "field_list" -> send(Command.FIELD_LIST.payload(words.rest() + "\0"));
            case "ping" -> bare(Command.PING, words);
            case "statistics" -> bare(Command.STATISTICS, words);
            case "reset_connection" -> bare(Command.RESET_CONNECTION, words);
            case "quit" -> bare(Command.QUIT, words);
            case "set_option" -> send(
                    new PayloadWriter().u8(Command.SET_OPTION.code()).u16(Integer.parseInt(words.rest()))
                            .toByteArray());
            case "prepare" -> {
                String name = words.word();
                prepared.add(name);
                yield new Step.Send(text, 0, Data.of(Command.STMT_PREPARE.payload(words.rest())), Optional.of(name));
            }
            case "execute" -> statement(Command.STMT_EXECUTE, words.word(), Parameters.read(words));
            case "fetch" -> statement(Command.STMT_FETCH, words.word(),
                    new PayloadWriter().u32(Long.parseLong(words.rest())).toByteArray());
            case "long" -> {
                String name = words.word();
                int parameter = Integer.parseInt(words.word());
                yield statement(Command.STMT_SEND_LONG_DATA, name, new PayloadWriter().u16(parameter)
                        .bytes(words.data().bytes(_ -> 0, false)).toByteArray());
            }
            case "reset" -> statement(Command.STMT_RESET, words.rest());
            case "close" -> statement(Command.STMT_CLOSE, words.rest());
            case "command" -> new Step.Send(text, 0, known(words.data()), Optional.empty());
            case "packet" -> new Step.Send(text, Integer.parseInt(words.word()), known(words.data()),
                    Optional.empty());
            default -> throw new IllegalArgumentException("no such verb: " + verb);
        };
    }

    private Step.Send send(byte... payload) {
        return new Step.Send(text, 0, Data.of(payload), Optional.empty());
    }

    private Step.Send bare(Command command, Words words) {
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("too much: " + words.rest());
        }
        return send(command.payload());
    }

    private Step.Send statement(Command command, String name, byte... argument) {
        return new Step.Send(text, 0, known(new Data(List.of(new Data.Bytes(command.payload()),
                new Data.Statement(name), new Data.Bytes(argument)))), Optional.empty());
    }

    /** All statements must have been prepared, or have a name of {@link Player#FIXED_STATEMENTS}. */
    private Data known(Data data) {
        for (String name : data.statements()) {
            if (!Player.FIXED_STATEMENTS.containsKey(name) && !prepared.contains(name)) {
                throw new IllegalArgumentException("no statement was prepared as " + name);
            }
        }
        return data;
    }
}
