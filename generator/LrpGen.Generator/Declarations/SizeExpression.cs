using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace LrpGen.Generator.Declarations;

/// <summary>A size as arguments of layers give it in a string: integers, names, + − * / and parentheses, of integers all the way.</summary>
internal sealed class SizeExpression
{
    /// <summary>Nobody writes longer ones, and parentheses nest no deeper than the stack can bear.</summary>
    private const int MaxLength = 200;

    private readonly string text;
    private readonly IReadOnlyDictionary<string, int> variables;
    private int position;

    private SizeExpression(string text, IReadOnlyDictionary<string, int> variables)
    {
        this.text = text;
        this.variables = variables;
        SkipSpace();
    }

    /// <summary>Why the text has no value; null so far.</summary>
    private string? Fault { get; set; }

    private char Current => position < text.Length ? text[position] : '\0';

    /// <summary>The value of an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="variables">What names stand for.</param>
    /// <param name="fault">Why it has no value; null if it has.</param>
    public static int Evaluate(string text, IReadOnlyDictionary<string, int> variables, out string? fault)
    {
        SizeExpression expression = new(text, variables);
        int value = text.Length > MaxLength ? expression.Fail($"it is longer than {MaxLength} characters") : expression.Sum();
        if (expression.position < text.Length)
        {
            expression.Unexpected();
        }

        fault = expression.Fault;
        return value;
    }

    private int Sum()
    {
        int value = Product();
        while (Fault is null && Current is '+' or '-')
        {
            value = Take() == '+' ? InRange((long)value + Product()) : InRange((long)value - Product());
        }

        return value;
    }

    private int Product()
    {
        int value = Operand();
        while (Fault is null && Current is '*' or '/')
        {
            value = Take() == '*' ? InRange((long)value * Operand()) : Quotient(value, Operand());
        }

        return value;
    }

    private int Operand()
    {
        if (Current == '(')
        {
            Take();
            int value = Sum();
            if (Current != ')')
            {
                return Unexpected();
            }

            Take();
            return value;
        }

        return IsDigit(Current) ? Number()
            : SyntaxFacts.IsIdentifierStartCharacter(Current) ? Variable()
            : Unexpected();
    }

    private int Number()
    {
        string digits = TakeWhile(IsDigit);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : Fail("it is too large");
    }

    private int Variable()
    {
        string name = TakeWhile(SyntaxFacts.IsIdentifierPartCharacter);
        return variables.TryGetValue(name, out int value) ? value
            : Fail(variables.Count == 0 ? $"there is no '{name}'" : $"there is no '{name}', but {string.Join(", ", variables.Keys)}");
    }

    private int Quotient(int dividend, int divisor)
    {
        if (Fault is not null)
        {
            return 0;
        }

        return divisor == 0 ? Fail("it divides by 0")
            : (long)dividend % divisor != 0 ? Fail($"{dividend} / {divisor} is not an integer")
            : InRange((long)dividend / divisor);
    }

    private int InRange(long value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : Fail("it is too large");

    private int Unexpected() => Fail(
        position < text.Length ? $"{SymbolDisplay.FormatLiteral(Current, quote: true)} is not expected there" : "it ends too soon");

    /// <summary>Takes note of the first fault.</summary>
    private int Fail(string fault)
    {
        Fault ??= fault;
        return 0;
    }

    private char Take()
    {
        char taken = text[position++];
        SkipSpace();
        return taken;
    }

    private string TakeWhile(Func<char, bool> belongs)
    {
        int start = position;
        while (position < text.Length && belongs(text[position]))
        {
            position++;
        }

        string taken = text.Substring(start, position - start);
        SkipSpace();
        return taken;
    }

    private void SkipSpace()
    {
        while (char.IsWhiteSpace(Current))
        {
            position++;
        }
    }

    private static bool IsDigit(char character) => character is >= '0' and <= '9';
}
