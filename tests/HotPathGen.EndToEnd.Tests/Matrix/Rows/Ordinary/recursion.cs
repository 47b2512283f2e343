// attribute: Fib=15:pair

namespace Rows.Ordinary.recursion;

public static class Sample { [Instrument] static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); public static string Run() => Fib(5).ToString(); }
