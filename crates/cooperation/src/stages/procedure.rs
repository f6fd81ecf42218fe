//! The procedures of two countries, as shipped. Each step names its source; where a source was not seen it says so.

use kernel::Names;

use super::facts::Track;
use crate::agreements::{CooperationKind, InstrumentKind};

/// A step of a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Its code, kept for ever.
    pub code: &'static str,
    name: [&'static str; 3],
    actor: [&'static str; 3],
    paper: [&'static str; 3],
    /// Whether it comes again and again, as reports do.
    pub repeats: bool,
    /// Where it stands written. Empty: not verified.
    pub source: &'static str,
}

fn names([id, ko, en]: [&str; 3]) -> Names {
    Names { id: id.into(), ko: ko.into(), en: en.into() }
}

impl Step {
    /// What it is called, in three languages.
    pub fn name(&self) -> Names {
        names(self.name)
    }
    /// The kind of paper that shows by itself, once it is signed, that the step was passed.
    pub fn shown_by(&self) -> Option<InstrumentKind> {
        match self.code {
            "intent" => Some(InstrumentKind::LetterOfIntent),
            "plan" => Some(InstrumentKind::CooperationPlan),
            "signing" => Some(InstrumentKind::Memorandum),
            _ => None,
        }
    }
    /// Whose turn it is.
    pub fn actor(&self) -> Names {
        names(self.actor)
    }
    /// The paper without which it is not passed; no name where it needs none.
    pub fn paper(&self) -> Names {
        names(self.paper)
    }
}

const PERDA: &str = "Perda Kab. Semarang 4/2021, which repeats Permendagri 25/2020";
const NO_PAPER: [&str; 3] = ["", "", ""];

/// Cooperation with a foreign region (KSDPL): PP 28/2018, Permendagri 25/2020.
const KSDPL: &[Step] = &[
    Step {
        code: "initiative",
        name: ["Prakarsa", "제안", "Initiative"],
        actor: [
            "daerah mana pun, atau Pemerintah",
            "어느 한쪽 지방정부 또는 정부",
            "either region, or the government",
        ],
        paper: ["surat dan data potensi", "공문과 잠재력 자료", "letter and data of the potential"],
        repeats: false,
        source: PERDA,
    },
    Step {
        code: "exploration",
        name: ["Penjajakan", "사전 협의", "Exploration"],
        actor: ["biro kerja sama daerah", "지방정부 협력 부서", "cooperation bureau of the region"],
        paper: [
            "kajian tim koordinasi (TKKSD)",
            "협력조정단(TKKSD) 검토서",
            "study of the coordination team (TKKSD)",
        ],
        repeats: false,
        source: PERDA,
    },
    Step {
        code: "intent",
        name: ["Pernyataan kehendak kerja sama", "의향서", "Letter of intent"],
        actor: ["kepala daerah kedua pihak", "양측 지방정부의 장", "heads of both regions"],
        paper: ["pernyataan kehendak (LoI)", "의향서(LoI)", "letter of intent"],
        repeats: false,
        source: PERDA,
    },
    Step {
        code: "plan",
        name: ["Penyusunan rencana kerja sama", "협력계획서 작성", "Cooperation plan"],
        actor: ["daerah", "지방정부", "the region"],
        paper: ["rencana kerja sama", "협력계획서", "cooperation plan"],
        repeats: false,
        source: PERDA,
    },
    Step {
        code: "council",
        name: ["Persetujuan DPRD", "지방의회(DPRD) 동의", "Approval of the regional council (DPRD)"],
        actor: ["DPRD", "지방의회(DPRD)", "regional council (DPRD)"],
        paper: ["surat persetujuan DPRD", "지방의회 동의서", "letter of approval"],
        repeats: false,
        source: PERDA,
    },
    Step {
        code: "verification",
        name: ["Verifikasi oleh Kemendagri", "내무부 검증", "Verification by the Ministry of Home Affairs"],
        actor: [
            "Kemendagri (Pusat Fasilitasi Kerja Sama)",
            "내무부 협력지원센터",
            "Ministry of Home Affairs",
        ],
        paper: ["surat permohonan fasilitasi", "지원 요청 공문", "letter asking for facilitation"],
        repeats: false,
        source: PERDA,
    },
    Step {
        code: "draft",
        name: ["Penyusunan rancangan naskah", "협약 초안 작성", "Draft of the memorandum"],
        actor: [
            "daerah dan Kementerian Luar Negeri",
            "지방정부와 외교부",
            "the region and the Ministry of Foreign Affairs",
        ],
        paper: ["rancangan naskah kerja sama", "협약 초안", "draft in two or three languages"],
        repeats: false,
        source: PERDA,
    },
    Step {
        code: "discussion",
        name: [
            "Pembahasan antarkementerian dan paraf",
            "부처 간 협의와 가서명",
            "Inter-ministerial discussion and initialling",
        ],
        actor: [
            "Kemendagri, Kemlu, Setneg, kedua daerah",
            "내무부, 외교부, 국가비서실, 양측 지방정부",
            "ministries and both regions",
        ],
        paper: ["notula dan naskah berparaf", "회의록과 가서명본", "minutes and initialled text"],
        repeats: false,
        source: "kerjasama.bandung.go.id",
    },
    Step {
        code: "full_powers",
        name: [
            "Persetujuan Pemerintah dan surat kuasa",
            "정부 승인과 전권위임장",
            "Approval of the government and full powers",
        ],
        actor: [
            "Menteri Dalam Negeri, Menteri Luar Negeri",
            "내무부 장관, 외교부 장관",
            "Ministers of Home and of Foreign Affairs",
        ],
        paper: [
            "surat persetujuan dan surat kuasa",
            "승인서와 전권위임장",
            "letter of approval and full powers",
        ],
        repeats: false,
        source: "kerjasama.bandung.go.id; UU 24/2000, Art. 1",
    },
    Step {
        code: "signing",
        name: ["Penandatanganan", "서명", "Signing"],
        actor: ["kepala daerah kedua pihak", "양측 지방정부의 장", "heads of both regions"],
        paper: ["naskah asli yang ditandatangani", "서명된 원본", "signed originals"],
        repeats: false,
        source: "UU 24/2000, Art. 6",
    },
    Step {
        code: "deposit",
        name: ["Penyimpanan naskah asli", "원본 기탁", "Deposit of the original"],
        actor: ["Kementerian Luar Negeri", "외교부", "Ministry of Foreign Affairs"],
        paper: ["salinan naskah resmi", "인증등본", "certified true copy"],
        repeats: false,
        source: "Permenlu 4/2023, Art. 12(4): three working days",
    },
    Step {
        code: "report",
        name: ["Laporan berkala", "정기 보고", "Periodic report"],
        actor: ["daerah", "지방정부", "the region"],
        paper: ["laporan", "보고서", "report"],
        repeats: true,
        source: "",
    },
];

/// Cooperation with a foreign institution (KSDLL). Of its steps only the approval of the government is verified.
const KSDLL: &[Step] = &[
    KSDPL[0],
    Step {
        code: "passed_on",
        name: [
            "Penerusan kerja sama Pemerintah atau persetujuan",
            "정부 협력의 이관 또는 승인",
            "Passed on by the government, or approved",
        ],
        actor: ["Pemerintah", "정부", "the government"],
        paper: ["surat penerusan atau persetujuan", "이관 또는 승인 공문", "letter of the government"],
        repeats: false,
        source: PERDA,
    },
    Step { source: "", ..KSDPL[3] },
    Step { source: "", ..KSDPL[9] },
    KSDPL[11],
];

const COUNCIL: Step = Step {
    code: "council",
    name: ["Persetujuan dewan daerah", "지방의회 의결", "Resolution of the local council"],
    actor: ["dewan daerah", "지방의회", "local council"],
    paper: ["keputusan dewan", "의결서", "resolution"],
    repeats: false,
    source: "Local Autonomy Act (지방자치법), Art. 47; lawmaking.go.kr 12-0399",
};

const EXPLORATION: Step = Step {
    code: "exploration",
    name: ["Penjajakan", "사전 협의", "Exploration"],
    actor: ["bagian kerja sama", "국제협력 부서", "cooperation division"],
    paper: NO_PAPER,
    repeats: false,
    source: "",
};

const INTENT: Step = Step {
    code: "intent",
    name: ["Pernyataan kehendak", "의향서", "Letter of intent"],
    actor: ["kedua daerah", "양측 지방정부", "both regions"],
    paper: ["pernyataan kehendak", "의향서", "letter of intent"],
    repeats: false,
    source: "",
};

const SIGNING: Step = Step {
    code: "signing",
    name: ["Penandatanganan", "체결", "Signing"],
    actor: ["gubernur", "도지사", "governor"],
    paper: ["naskah yang ditandatangani", "협약서", "signed agreement"],
    repeats: false,
    source: "",
};

const REGISTRY: Step = Step {
    code: "registry",
    name: [
        "Pendaftaran pada Asosiasi Gubernur Korea",
        "대한민국시도지사협의회 등록",
        "Entry in the list of the Governors Association of Korea",
    ],
    actor: ["daerah", "지방정부", "the region"],
    paper: NO_PAPER,
    repeats: false,
    source: "ii.re.kr 3433",
};

/// Sister tie (자매결연): the council decides.
const SISTER: &[Step] = &[EXPLORATION, INTENT, COUNCIL, SIGNING, REGISTRY];
/// Friendship (우호교류): often without the council; some regions decided otherwise (Seoul, 22 December 2023).
const FRIENDSHIP: &[Step] = &[EXPLORATION, INTENT, SIGNING, REGISTRY];

/// The steps that a cooperation of this kind goes through in a country, in their order.
pub fn procedure(kind: CooperationKind, track: Track) -> &'static [Step] {
    match (track, kind) {
        (Track::Indonesia, CooperationKind::Institution) => KSDLL,
        (Track::Indonesia, _) => KSDPL,
        (Track::Korea, CooperationKind::Sister) => SISTER,
        (Track::Korea, _) => FRIENDSHIP,
    }
}
