package dev.myproxy.cluster.check;

/** What follows from an answer: something is found out, or another question has to be asked for that. */
sealed interface Step permits Finding, Question {}
