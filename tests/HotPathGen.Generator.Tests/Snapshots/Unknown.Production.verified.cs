//// /src/Sample.cs
using Made.Elsewhere;
namespace Here { using Text = System.Text.StringBuilder; public static class Uses { [Instrument] public static Handle? Open(Text text, in Handle handle, int more = 1) => null; } }

