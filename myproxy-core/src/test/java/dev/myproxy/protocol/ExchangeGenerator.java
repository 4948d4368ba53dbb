package dev.myproxy.protocol;

import dev.myproxy.protocol.Exchange.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Makes exchanges as clients and servers with given capabilities have them, from the protocol's description alone. */
final class ExchangeGenerator {

    private final Random random;
    private final boolean deprecateEof;
    private final boolean progress;
    private final boolean optional;
    private final boolean optionalPrepared;

    private final List<Step> steps = new ArrayList<>();
    private boolean failed;

    ExchangeGenerator(Random random, Capabilities capabilities) {
        this.random = random;
        this.deprecateEof = capabilities.has(Capability.DEPRECATE_EOF);
        this.progress = capabilities.has(Capability.PROGRESS);
        this.optionalPrepared = capabilities.has(Capability.OPTIONAL_RESULTSET_METADATA);
        this.optional = optionalPrepared || capabilities.has(Capability.CACHE_METADATA);
    }

    Exchange next() {
        steps.clear();
        failed = false;
        Command command = switch (random.nextInt(14)) {
            case 0, 1, 2 -> query();
            case 3, 4 -> execute();
            case 5 -> prepare();
            case 6 -> oneStatus(Command.PING);
            case 7 -> oneStatus(Command.INIT_DB);
            case 8 -> statistics();
            case 9 -> fieldList();
            case 10 -> fetch();
            case 11 -> silent(random.nextBoolean() ? Command.STMT_CLOSE : Command.STMT_SEND_LONG_DATA);
            case 12 -> changeUser();
            default -> nothing();
        };
        return new Exchange(command, failed, List.copyOf(steps));
    }

    private Command query() {
        client(to -> to.writeByte(Command.QUERY.code()).writeBytes(bytes(60)));
        results(false);
        return Command.QUERY;
    }

    private Command execute() {
        boolean cursor = random.nextInt(3) == 0;
        client(to -> to.writeByte(Command.STMT_EXECUTE.code()).writeIntLE(1).writeByte(cursor ? 1 : 0).writeIntLE(1)
                .writeBytes(bytes(20)));
        if (cursor) {
            definitions(false);
            end(ServerStatus.AUTOCOMMIT | ServerStatus.CURSOR_EXISTS);
        } else {
            results(true);
        }
        return Command.STMT_EXECUTE;
    }

    private void results(boolean binary) {
        if (progress) {
            repeat(2, () -> server(to -> to.writeByte(0xff).writeShortLE(0xffff).writeBytes(bytes(10))));
        }
        int results = 1 + (random.nextInt(3) == 0 ? random.nextInt(4) : 0);
        for (int i = 0; i < results; i++) {
            int more = i < results - 1 ? ServerStatus.MORE_RESULTS_EXISTS : 0;
            switch (random.nextInt(6)) {
                case 0 -> {
                    err();
                    return;
                }
                case 1, 2 -> ok(more);
                case 3 -> {
                    if (binary) {
                        ok(more);
                    } else {
                        file();
                        ok(more);
                    }
                }
                default -> {
                    definitions(true);
                    repeat(6, () -> server(to -> row(to, binary)));
                    if (random.nextInt(10) == 0) {
                        err();
                        return;
                    }
                    end(ServerStatus.AUTOCOMMIT | more);
                }
            }
        }
    }

    private void file() {
        server(to -> to.writeByte(0xfb).writeBytes(bytes(10)));
        repeat(3, () -> client(to -> to.writeByte(random.nextInt(4)).writeBytes(bytes(40))));
        client(_ -> {});
    }

    private void definitions(boolean eof) {
        int columns = random.nextInt(20) == 0 ? 251 + random.nextInt(100) : 1 + random.nextInt(4);
        boolean follow = !optional || random.nextBoolean();
        server(to -> {
            Lenenc.write(to, columns);
            if (optional) {
                to.writeByte(follow ? 1 : 0);
            }
        });
        define(follow ? columns : 0);
        if (eof && !deprecateEof) {
            end(ServerStatus.AUTOCOMMIT);
        }
    }

    private void define(int columns) {
        for (int i = 0; i < columns; i++) {
            server(to -> {
                Lenenc.writeString(to, ByteString.of("def"));
                to.writeBytes(bytes(30));
            });
        }
    }

    private void row(ByteBuf to, boolean binary) {
        if (binary) {
            to.writeByte(0).writeBytes(bytes(30));
            return;
        }
        repeat(3, () -> {
            if (random.nextInt(3) == 0) {
                to.writeByte(0xfb);
            } else {
                Lenenc.writeString(to, ByteString.copyOf(bytes(random.nextInt(5) == 0 ? 400 : 4)));
            }
        });
        if (to.writerIndex() == 0) {
            to.writeByte(random.nextBoolean() ? 0 : 0xfb);
        }
    }

    private Command prepare() {
        client(to -> to.writeByte(Command.STMT_PREPARE.code()).writeBytes(bytes(20)));
        if (random.nextInt(5) == 0) {
            err();
            return Command.STMT_PREPARE;
        }
        int columns = random.nextInt(4);
        int parameters = random.nextInt(4);
        boolean follow = !optionalPrepared || random.nextBoolean();
        server(to -> {
            to.writeByte(0).writeIntLE(7).writeShortLE(columns).writeShortLE(parameters).writeByte(0).writeShortLE(0);
            if (optionalPrepared) {
                to.writeByte(follow ? 1 : 0);
            }
        });
        for (int count : new int[]{parameters, columns}) {
            define(follow ? count : 0);
            if (count > 0 && !deprecateEof) {
                end(ServerStatus.AUTOCOMMIT);
            }
        }
        return Command.STMT_PREPARE;
    }

    private Command oneStatus(Command command) {
        client(to -> to.writeByte(command.code()).writeBytes(bytes(10)));
        if (random.nextInt(4) == 0) {
            err();
        } else {
            ok(0);
        }
        return command;
    }

    private Command statistics() {
        client(to -> to.writeByte(Command.STATISTICS.code()));
        server(to -> to.writeByte('U').writeBytes(bytes(100)));
        return Command.STATISTICS;
    }

    private Command fieldList() {
        client(to -> to.writeByte(Command.FIELD_LIST.code()).writeBytes(bytes(8)));
        define(random.nextInt(4));
        end(ServerStatus.AUTOCOMMIT);
        return Command.FIELD_LIST;
    }

    private Command fetch() {
        client(to -> to.writeByte(Command.STMT_FETCH.code()).writeLongLE(1));
        repeat(4, () -> server(to -> row(to, true)));
        end(ServerStatus.LAST_ROW_SENT);
        return Command.STMT_FETCH;
    }

    private Command silent(Command command) {
        client(to -> to.writeByte(command.code()).writeIntLE(1).writeBytes(bytes(50)));
        return command;
    }

    private Command changeUser() {
        client(to -> to.writeByte(Command.CHANGE_USER.code()).writeBytes(bytes(20)));
        repeat(3, () -> {
            server(to -> to.writeByte(random.nextBoolean() ? 0xfe : 0x01).writeByte(4).writeBytes(bytes(20)));
            client(to -> to.writeBytes(bytes(20)));
        });
        if (random.nextBoolean()) {
            server(to -> to.writeByte(1).writeByte(3));
        }
        ok(0);
        return Command.CHANGE_USER;
    }

    /** The command without a byte, which counts as SLEEP. */
    private Command nothing() {
        client(_ -> {});
        err();
        return Command.SLEEP;
    }

    private void ok(int status) {
        server(to -> {
            to.writeByte(0);
            numbersOfOk(to, status);
        });
    }

    private void numbersOfOk(ByteBuf to, int status) {
        Lenenc.write(to, random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(300));
        Lenenc.write(to, random.nextInt(4) == 0 ? random.nextLong() : 0);
        to.writeShortLE(ServerStatus.AUTOCOMMIT | status).writeShortLE(random.nextInt(0x10000)).writeBytes(bytes(20));
    }

    private void end(int status) {
        server(to -> {
            to.writeByte(0xfe);
            if (deprecateEof) {
                numbersOfOk(to, status);
            } else {
                to.writeShortLE(random.nextInt(0x10000)).writeShortLE(status);
            }
        });
    }

    private void err() {
        failed = true;
        server(to -> to.writeByte(0xff).writeShortLE(1000 + random.nextInt(1000)).writeBytes(bytes(30)));
    }

    private void repeat(int atMost, Runnable action) {
        for (int times = random.nextInt(atMost + 1); times > 0; times--) {
            action.run();
        }
    }

    private byte[] bytes(int atMost) {
        byte[] bytes = new byte[random.nextInt(atMost + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private void client(Consumer<ByteBuf> writer) {
        steps.add(new Step(false, write(writer)));
    }

    private void server(Consumer<ByteBuf> writer) {
        steps.add(new Step(true, write(writer)));
    }

    private static ByteString write(Consumer<ByteBuf> writer) {
        ByteBuf buffer = Unpooled.buffer();
        writer.accept(buffer);
        return ByteString.read(buffer, buffer.readableBytes());
    }
}
