package dev.myproxy.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixFilesTest {

    @TempDir
    Path directory;

    @Test
    void readsAttributesOfAnyBytes() throws Exception {
        byte[] value = new byte[1000];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) i;
        }
        UserDefinedFileAttributeView view = Files.getFileAttributeView(directory, UserDefinedFileAttributeView.class);
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("user"), "no attributes here");
        view.write("color", ByteBuffer.wrap(value));
        view.write("empty", ByteBuffer.allocate(0));

        assertThat(PosixFiles.attribute(bytes(directory.toString()), bytes("user.color"))).isEqualTo(value);
        assertThat(PosixFiles.attribute(bytes(directory.toString()), bytes("user.empty"))).isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> PosixFiles.attribute(bytes(directory + "/missing"), bytes("user.color")))
                .hasMessage("No such file or directory").asInstanceOf(type(ErrnoException.class))
                .extracting(ErrnoException::errno).isEqualTo(Errno.ENOENT);
        assertThatThrownBy(() -> PosixFiles.close(-1)).isInstanceOf(ErrnoException.class)
                .hasMessage("Bad file descriptor");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
