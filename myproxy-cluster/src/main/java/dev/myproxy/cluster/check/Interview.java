package dev.myproxy.cluster.check;

import dev.myproxy.cluster.NodeState;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.PacketAssembler;
import dev.myproxy.protocol.Packets;
import dev.myproxy.transport.ErrorText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The handler of a connection that is logged in: asks one question after the other until one finds that the server is not
 * fit. Tells what was found once.
 */
final class Interview extends ChannelInboundHandlerAdapter {

    private final Deque<Question> questions;
    private final Consumer<String> progress;
    private final Consumer<Finding> then;
    private final PacketAssembler assembler = new PacketAssembler(AnswerReader.MAX_PAYLOAD_BYTES);
    private @Nullable ChannelHandlerContext context;
    private Finding soFar = Finding.OK;
    private Optional<Question> asked = Optional.empty();
    private AnswerReader reader = new AnswerReader();
    private int sequenceId;
    /** Whether the server is where a command may be sent. */
    private boolean between = true;
    private boolean over;

    /**
     * @param progress is told what is being waited for, as in {@code waiting for …}
     * @param then     is told what was found, and calls {@link #leave}
     */
    Interview(List<Question> questions, Consumer<String> progress, Consumer<Finding> then) {
        this.questions = new ArrayDeque<>(questions);
        this.progress = progress;
        this.then = then;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** Asks the first question. */
    void begin() {
        context().channel().config().setAutoRead(true);
        proceed();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    private void proceed() {
        Question next = questions.poll();
        if (next == null) {
            end(soFar);
        } else {
            ask(next);
        }
    }

    private void ask(Question question) {
        asked = Optional.of(question);
        reader = new AnswerReader();
        sequenceId = 0;
        between = false;
        progress.accept("waiting for the answer to " + question.name());
        ByteBuf packet = Packets.frame(context().alloc(), 0, to -> {
            to.writeByte(Command.QUERY.code());
            question.statement().writeTo(to);
        });
        var _ = context().writeAndFlush(packet, context().voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        if (over) {
            ((ByteBuf) message).release();
            return;
        }
        try {
            assembler.feed((ByteBuf) message);
            while (!over && assembler.next()) {
                received(assembler.payload());
            }
        } catch (MalformedPacketException e) {
            end(Finding.dead("Malformed packet from server: " + e.getMessage()));
        }
    }

    private void received(ByteBuf payload) {
        sequenceId = Packets.next(sequenceId);
        if (between || assembler.sequenceId() != sequenceId) {
            throw new MalformedPacketException("Packet is out of order");
        }
        reader.next(payload).ifPresent(this::answered);
    }

    private void answered(Answer answer) {
        between = true;
        Question question = asked.orElseThrow();
        Step step = switch (answer) {
            case Answer.Rows rows -> question.judge(rows, soFar.state());
            case Answer.Refused refusal -> question.judge(refusal);
        };
        switch (step) {
            case Question next -> ask(next);
            case Finding found -> {
                soFar = soFar.and(found);
                if (soFar.state() == NodeState.DEAD) {
                    end(soFar);
                } else {
                    proceed();
                }
            }
        }
    }

    private void end(Finding finding) {
        if (!over) {
            over = true;
            then.accept(finding);
        }
    }

    /** Closes the connection, with COM_QUIT if the server can take one now. */
    void leave() {
        over = true;
        if (between) {
            ByteBuf quit = Packets.frame(context().alloc(), 0, to -> to.writeByte(Command.QUIT.code()));
            var _ = context().writeAndFlush(quit).addListener(ChannelFutureListener.CLOSE);
        } else {
            var _ = context().close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        end(Finding.dead("Server closed the connection" + asked.map(q -> " instead of answering " + q.name())
                .orElse("")));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext from) {
        assembler.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        end(Finding.dead("Error on connection to server: " + ErrorText.of(cause)));
    }
}
