package dev.myproxy.address;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A name server (RFC 1035) that knows one name, with the IPv4 address 192.0.2.53; all others do not exist. */
final class FakeNameServer implements AutoCloseable {

    private static final int TYPE_A = 1;
    private static final int ANSWER = 0x8180;
    private static final int NXDOMAIN = 3;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final String known;

    FakeNameServer(String known) throws SocketException {
        this.known = known;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        while (!socket.isClosed()) {
            try {
                packet.setLength(512);
                socket.receive(packet);
                packet.setData(answer(Unpooled.wrappedBuffer(packet.getData(), 0, packet.getLength())));
                socket.send(packet);
                packet.setData(new byte[512]);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    private byte[] answer(ByteBuf query) {
        int id = query.readUnsignedShort();
        query.skipBytes(10);
        int start = query.readerIndex();
        StringBuilder name = new StringBuilder();
        for (int length = query.readUnsignedByte(); length > 0; length = query.readUnsignedByte()) {
            name.append(name.isEmpty() ? "" : ".").append(query.readCharSequence(length, StandardCharsets.US_ASCII));
        }
        int type = query.readUnsignedShort();
        query.skipBytes(2);
        boolean exists = name.toString().equals(known);
        boolean answers = exists && type == TYPE_A;
        ByteBuf answer = Unpooled.buffer();
        answer.writeShort(id).writeShort(exists ? ANSWER : ANSWER | NXDOMAIN).writeShort(1).writeShort(answers ? 1 : 0)
                .writeInt(0);
        answer.writeBytes(query, start, query.readerIndex() - start);
        if (answers) {
            answer.writeShort(0xc00c).writeShort(TYPE_A).writeShort(1).writeInt(60).writeShort(4)
                    .writeBytes(new byte[]{(byte) 192, 0, 2, 53});
        }
        byte[] bytes = new byte[answer.readableBytes()];
        answer.readBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        socket.close();
    }
}
