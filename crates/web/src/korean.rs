//! Particles of Korean, which depend on how the word before them ends: 은행은, 계좌는. A sentence writes both forms,
//! `{ $name }은(는)`, and what is filled in decides which one a reader sees.

/// Forms after a final consonant and after a vowel, as a sentence writes them.
const PARTICLES: [(&str, &str, &str); 5] = [
    ("은(는)", "은", "는"),
    ("이(가)", "이", "가"),
    ("을(를)", "을", "를"),
    ("과(와)", "과", "와"),
    ("(으)로", "으로", "로"),
];

/// How a word ends to the ear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Vowel,
    /// `ㄹ`, after which one says 로 as after a vowel.
    Rieul,
    Consonant,
}

/// The sentence with each double form replaced by the one that fits; where nobody can tell, both stay.
pub(crate) fn particles(sentence: String) -> String {
    if !PARTICLES.iter().any(|(both, ..)| sentence.contains(both)) {
        return sentence;
    }
    let mut told = String::with_capacity(sentence.len());
    let mut rest = sentence.as_str();
    while let Some(next) = rest.chars().next() {
        let found = PARTICLES.iter().find(|(both, ..)| rest.starts_with(both));
        match found.zip(ending(&told)) {
            Some(((both, after_consonant, after_vowel), ending)) => {
                let open = ending == Ending::Vowel || (*both == "(으)로" && ending == Ending::Rieul);
                told.push_str(if open { after_vowel } else { after_consonant });
                rest = &rest[both.len()..];
            }
            None => {
                told.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    told
}

/// How what was said so far ends; closing quotes and brackets are not heard. Names in Latin letters are read as
/// Indonesian ones.
fn ending(told: &str) -> Option<Ending> {
    let silent = |c: char| matches!(c, '”' | '"' | '’' | '\'' | '」' | '』' | ')' | '\u{2069}');
    let last = told.trim_end_matches(silent).chars().next_back()?;
    Some(match last {
        '가'..='힣' => match (last as u32 - '가' as u32) % 28 {
            0 => Ending::Vowel,
            8 => Ending::Rieul,
            _ => Ending::Consonant,
        },
        '1' | '7' | '8' | 'l' | 'L' => Ending::Rieul,
        '0' | '3' | '6' => Ending::Consonant,
        '2' | '4' | '5' | '9' | '%' => Ending::Vowel,
        _ => match last.to_ascii_lowercase() {
            'b' | 'g' | 'k' | 'm' | 'n' | 'p' | 't' => Ending::Consonant,
            'a'..='z' => Ending::Vowel,
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::particles;

    #[test]
    fn a_particle_follows_the_sound_before_it() {
        for (written, told) in [
            ("은행은(는)", "은행은"),
            ("계좌은(는)", "계좌는"),
            ("“계좌”을(를) 고르십시오", "“계좌”를 고르십시오"),
            ("Sri이(가)", "Sri가"),
            ("Slamet이(가)", "Slamet이"),
            ("Sumbermulyo은(는)", "Sumbermulyo는"),
            ("34.02.05.2003을(를)", "34.02.05.2003을"),
            ("2은(는) 10은(는)", "2는 10은"),
            ("12.5 kg을(를)", "12.5 kg을"),
            ("서울(으)로 대구(으)로 부산(으)로", "서울로 대구로 부산으로"),
            ("7(으)로 6(으)로", "7로 6으로"),
            ("종이과(와) 상자과(와)", "종이와 상자와"),
            ("…은(는)", "…은(는)"),
            ("괄호(kg) 없음", "괄호(kg) 없음"),
        ] {
            assert_eq!(particles(written.to_owned()), told);
        }
    }
}
