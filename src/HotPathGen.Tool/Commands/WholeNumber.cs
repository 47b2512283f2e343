using System.CommandLine;

namespace HotPathGen.Tool.Commands;

/// <summary>Options that count something.</summary>
internal static class WholeNumber
{
    public static TOption From1<TOption>(this TOption option)
        where TOption : Option
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out int number) || number < 1))
            {
                result.AddError($"{option.Name} takes a whole number from 1 on, not '{result.Tokens[0].Value}'.");
            }
        });
        return option;
    }
}
