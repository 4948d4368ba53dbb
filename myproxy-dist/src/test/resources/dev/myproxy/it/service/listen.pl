# Stands in for systemd: opens sockets, passes them on as sd_listen_fds(3) says, and becomes a program.
#
#   listen.pl FILE NAME=KIND:ADDRESS... -- PROGRAM ARGUMENT...
#
# KIND is unix, tcp or unix-datagrams. FILE gets a line "NAME ADDRESS" for each socket. A variable LISTEN_PID that is set stays
# as it is.
use strict;
use warnings;
use POSIX ();
use Socket;

$^F = 255;    # no descriptor is closed when the program begins
my $report = shift @ARGV;
my (@sockets, @names, @lines);
while (@ARGV) {
    my $place = shift @ARGV;
    last if $place eq '--';
    my ($name, $kind, $address) = $place =~ /^([^=]+)=([^:]+):(.*)$/ or die "what is $place?\n";
    my $tcp = $kind eq 'tcp';
    my $datagrams = $kind eq 'unix-datagrams';
    socket(my $socket, $tcp ? PF_INET : PF_UNIX, $datagrams ? SOCK_DGRAM : SOCK_STREAM, 0) or die "socket: $!\n";
    if ($tcp) {
        bind($socket, sockaddr_in(0, inet_aton($address))) or die "bind $address: $!\n";
        $address .= ':' . (sockaddr_in(getsockname($socket)))[0];
    } else {
        bind($socket, sockaddr_un($address)) or die "bind $address: $!\n";
    }
    if ($datagrams) {
        setsockopt($socket, SOL_SOCKET, 16, pack('i', 1)) or die "SO_PASSCRED: $!\n";
    } else {
        listen($socket, 4096) or die "listen: $!\n";
    }
    push @sockets, $socket;
    push @names, $name;
    push @lines, "$name $address\n";
}
open(my $out, '>', $report) or die "$report: $!\n";
print $out @lines;
close($out);

# first out of the way, since the numbers that are wanted may be in use
my @high = map { fcntl($_, 0, 100) or die "fcntl: $!\n" } @sockets;
my $number = 3;
for my $descriptor (@high) {
    POSIX::dup2($descriptor, $number++);
    POSIX::close($descriptor);
}
for my $socket (@sockets) {
    POSIX::close(fileno($socket)) if fileno($socket) >= $number;
}
$ENV{LISTEN_PID} //= $$;
$ENV{LISTEN_FDS} = scalar @sockets;
$ENV{LISTEN_FDNAMES} = join(':', @names);
exec(@ARGV) or die "$ARGV[0]: $!\n";
