package dev.myproxy.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.posix.Errno;
import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

    @Test
    void removesWhatNettyPutsAround() {
        assertThat(ErrorText.of(new IOException("bind(..) failed with error(-98): Address already in use")))
                .isEqualTo("Address already in use");
        assertThat(ErrorText.of(new IOException("fcntl(..) failed: Too many open files")))
                .isEqualTo("Too many open files");
    }

    @Test
    void looksIntoTheExceptionThatNamesTheAddress() {
        ConnectException inner = new ConnectException("Connection refused");
        ConnectException outer = new ConnectException("Connection refused: /127.0.0.1:1");
        outer.initCause(inner);
        assertThat(ErrorText.of(outer)).isEqualTo("Connection refused");
    }

    @Test
    void knowsABusyServerInEveryLanguage() {
        assertThat(ErrorText.isTryAgain(new ConnectException("connect(..) failed with error(-11): Versuch's nochmal")))
                .isTrue();
        assertThat(ErrorText.isTryAgain(new ConnectException("connect(..) failed with error(-111): Abgelehnt")))
                .isFalse();
        assertThat(ErrorText.isTryAgain(new IllegalStateException())).isFalse();
    }

    @Test
    void knowsThatNoDescriptorIsLeft() {
        ChannelException nettys = new ChannelException(
                new IOException("newSocketStream(..) failed with error(-24): Zu viele offene Dateien"));
        assertThat(ErrorText.isWithoutDescriptor(nettys)).isTrue();
        assertThat(ErrorText.of(nettys)).isEqualTo("Zu viele offene Dateien");
        assertThat(ErrorText.isWithoutDescriptor(new IOException("socket(..) failed with error(-23): voll"))).isTrue();
        assertThat(ErrorText.isWithoutDescriptor(
                new ChannelException("Failed to open a socket.", new SocketException(Errno.text(Errno.EMFILE)))))
                .isTrue();
        assertThat(ErrorText.isWithoutDescriptor(new ConnectException("connect(..) failed with error(-111): nein")))
                .isFalse();
    }

    @Test
    void hasWordsForExceptionsWithoutMessage() {
        assertThat(ErrorText.of(new FileNotFoundException())).isEqualTo("No such file or directory");
        assertThat(ErrorText.of(new ConnectTimeoutException("after 5 ms"))).isEqualTo("Connection timed out");
        assertThat(ErrorText.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}
